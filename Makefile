# Chairside: the commands people and CI use. `make help` lists them; each does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up
BROWSER_SET_UP := $(VENV)/.set-up-browser
BENCH_SET_UP := $(VENV)/.set-up-bench
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo story playground test check fuzz lives crash e2e bench package format clean

help:  ## list these commands
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: story  ## play one whole discussion, then serve on this machine (ONCE=1: only play)
	@if [ -z "$(ONCE)" ]; then CHAIRSIDE_MODE=local $(BIN)/chairside serve; fi

story: $(SET_UP)  ## play one whole discussion over HTTP, as a transcript
	@$(BIN)/python -m tests.scenarios.story

playground: $(SET_UP)  ## serve on this machine with the Agents Playground as a chat client (needs node)
	@tools/playground/beside-chairside.sh $(BIN)/chairside tools/playground/start.sh

test: $(SET_UP)  ## run all tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n auto

check: $(SET_UP)  ## lint, format, types, the floors of the house, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m storage.check_migrations

fuzz: $(SET_UP)  ## send sixteen thousand mutated activities, new ones each time
	@$(BIN)/python -m pytest -n 4 --hypothesis-profile fuzz tests/scenarios/test_fuzz.py

lives: $(SET_UP)  ## live eight hundred lives of an action on two replicas, new ones each time, with all that can go wrong
	@$(BIN)/python -m pytest -n 2 --hypothesis-profile fuzz tests/scenarios/test_life_of_an_action.py

crash: $(SET_UP)  ## kill replicas at random while two thousand nudges go out and people press
	@$(BIN)/python -m pytest -s tests/scenarios/test_crash.py -m crash

e2e: $(BROWSER_SET_UP)  ## drive the service with real clients in headless Chromium
	@$(BIN)/python -m pytest tests/e2e -m e2e

bench: $(BENCH_SET_UP)  ## measure against a bare bot and a stock SDK bot (BENCH=long: years of data and 20,000 turns too)
	@$(BIN)/python -m bench $(if $(filter long,$(BENCH)),--long --large)

package: $(SET_UP)  ## build the Teams app (APP_ID=… HOST=…, or a demonstration package without them)
	@$(BIN)/python -m appmanifest.build $(if $(APP_ID),--app-id $(APP_ID) --host $(HOST),--demo)

format: $(SET_UP)  ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## remove what the commands made; your data in var/ stays
	rm -rf $(VENV) dist build

$(SET_UP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Chairside needs Python 3.11, 3.12 or 3.13; this is %d.%d. Say: make PYTHON=python3.12 ..." % v)'
	@echo "Setting up in $(VENV): about a minute, once."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -e '.[test,lint]'
	@touch $@

$(BROWSER_SET_UP): $(SET_UP) tools/cards/package-lock.json tools/playground/package-lock.json
	@tools/browser-set-up.sh
	@$(PIP) -e '.[e2e]'
	@touch $@

$(BENCH_SET_UP): $(SET_UP)
	@$(PIP) -e '.[bench]'
	@touch $@
