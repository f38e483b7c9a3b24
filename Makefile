# Chairside: the commands people and CI use. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up

.DEFAULT_GOAL := help
.PHONY: help demo story playground test check e2e bench fuzz package format clean

help:  ## list these commands
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(SET_UP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Chairside needs Python 3.11, 3.12 or 3.13; this is %d.%d. Say: make PYTHON=python3.12 …" % v)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	@touch $@

test: $(SET_UP)  ## run all tests (SQLite and PostgreSQL)
	$(BIN)/python -m pytest -n auto

check: $(SET_UP)  ## lint, format, types, architecture, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m storage.check_migrations

format: $(SET_UP)  ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove what the commands made (not your data in var/)
	rm -rf $(VENV) dist build
