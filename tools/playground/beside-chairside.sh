#!/usr/bin/env bash
# Serves Chairside in local mode and, once it listens, starts a chat client beside it; they end together.
#   beside-chairside.sh CHAIRSIDE CLIENT [ARGUMENT…]     the client gets --bot ADDRESS behind its arguments
set -euo pipefail
chairside="$1"
shift
work="$(mktemp -d)"
mkfifo "$work/said"
CHAIRSIDE_MODE=local "$chairside" serve > "$work/said" &
serving=$!
trap 'kill "$serving" 2>/dev/null || true; rm -rf "$work"' EXIT

address=""
exec 3< "$work/said"
while [ -z "$address" ] && IFS= read -r line <&3; do
  echo "$line"
  case "$line" in
    "Chairside is listening on "*)
      address="${line#Chairside is listening on }"
      address="${address%%,*}"
      ;;
  esac
done
if [ -z "$address" ]; then
  status=0
  wait "$serving" || status=$?
  echo "Chairside did not start, so no chat client was started either." >&2
  exit "$((status == 0 ? 1 : status))"
fi
cat <&3 &
"$@" --bot "$address/api/messages"
