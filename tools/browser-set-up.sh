#!/usr/bin/env bash
# Puts in place what the browser tests need, and asks nothing: Chromium from the system's packages, npm packages from
# their lock files. What is there already is left alone.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq chromium >/dev/null
  else
    echo "Chromium is missing: install your system's package (for example: sudo apt-get install chromium)." >&2
    exit 1
  fi
fi
if ! command -v npm >/dev/null; then
  echo "node and npm are missing: install your system's packages (node 20 or newer)." >&2
  exit 1
fi
for folder in cards playground; do
  if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock"; then
    npm ci --prefix "$folder" --silent --no-audit --no-fund
    cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock"
  fi
done
