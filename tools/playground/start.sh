#!/usr/bin/env bash
# Starts the Agents Playground as a chat client for a Chairside that runs on this machine.
#   start.sh [--bot http://127.0.0.1:3978/api/messages] [--port 56150] [--as 01] [--work FOLDER]
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bot=http://127.0.0.1:3978/api/messages
port=56150
person=01
work="$here/../../var/playground"
while [ $# -gt 0 ]; do
  if [ $# -lt 2 ]; then
    echo "$1 needs a value." >&2
    exit 2
  fi
  case "$1" in
    --bot) bot="$2" ;;
    --port) port="$2" ;;
    --as) person="$2" ;;
    --work) work="$2" ;;
    *)
      echo "Unknown argument $1. Say: start.sh [--bot ADDRESS] [--port NUMBER] [--as NN] [--work FOLDER]" >&2
      exit 2
      ;;
  esac
  shift 2
done
command -v node >/dev/null || { echo "The Playground needs Node.js 18 or later: install it, then try again." >&2; exit 1; }

if [ ! -d "$here/node_modules/@microsoft/m365agentsplayground" ]; then
  echo "Installing Microsoft's Agents Playground; its licence allows evaluation (see README.md)."
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
fi

mkdir -p "$work"
work="$(cd "$work" && pwd)"
node "$here/as-person.cjs" "$person" > "$work/$port.yml"

export TEAMSAPPTESTER_BROWSER=none
export SEND_INSTALLATION_ACTIVITY=true
export APPLICATION_INSIGHTS_NO_STATSBEAT=true
export M365_AGENTS_PLAYGROUND_CONFIG_PATH="$work/$port.yml"
export M365_AGENTS_PLAYGROUND_LOGFILE="$work/$port.log"
echo "Open http://127.0.0.1:$port in a browser; Ctrl+C ends it."
cd "$work"
exec node -r "$here/loopback.cjs" "$here/node_modules/@microsoft/m365agentsplayground/cli.js" start \
  -e "$bot" -c msteams -p "$port" --disable-telemetry --su "http://127.0.0.1:$port/_connector"
