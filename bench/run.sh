#!/usr/bin/env bash
# Measures what is promised in numbers and exits non-zero where a promise does not hold. Prints one table.
. "$(dirname "$0")/../scripts/common.sh"
BIN=target/release/liangu
export LIANGU_LOG=warn
place=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$place"' EXIT
failed=0
now() { date +%s.%N; }
row() { # what measured limit unit
  local verdict=holds
  awk -v a="$2" -v b="$3" 'BEGIN { exit !(a <= b) }' || { verdict=FAILS; failed=1; }
  printf '%-58s %10.3f %10s %-4s %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.3f", b - a }'; }
ready() { until curl -fs "http://127.0.0.1:$1/readyz" >/dev/null; do kill -0 "$server" || die "the server ended"; sleep 0.02; done; }

printf '%s, %s cores\n' "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)"
printf '%-58s %10s %10s\n' promise measured limit
start=$(now)
$BIN demo --dir "$place/demo" --no-serve >/dev/null 2>&1
row 'demonstration made (66,905 firms, 11,762 policies)' "$(since "$start")" 120 s
port=8$((RANDOM % 900 + 100))
for run in 1 2 3; do
  start=$(now)
  $BIN demo --dir "$place/demo" --address "127.0.0.1:$port" >/dev/null 2>&1 & server=$!
  ready "$port"
  row "demonstration starts again ($run)" "$(since "$start")" 3 s
  [ "$run" = 3 ] || { kill "$server"; wait "$server" 2>/dev/null || true; }
done
node bench/latency.mjs "http://127.0.0.1:$port" > "$place/latency"
while IFS=$'\t' read -r what measured limit; do row "$what" "$measured" "$limit" ms; done < "$place/latency"
node bench/keystroke.mjs "http://127.0.0.1:$port" > "$place/keystroke" || failed=1
while IFS=$'\t' read -r what measured limit; do row "$what" "$measured" "$limit" ms; done < "$place/keystroke"
kill "$server"; wait "$server" 2>/dev/null || true; server=
node bench/import.mjs "$BIN" "$place/import" > "$place/imported" || failed=1
while IFS=$'\t' read -r what measured limit unit; do row "$what" "$measured" "$limit" "$unit"; done < "$place/imported"
node bench/awards.mjs "$BIN" "$place/demo" "$((port + 1))" > "$place/awarded" || failed=1
while IFS=$'\t' read -r what measured limit unit; do row "$what" "$measured" "$limit" "$unit"; done < "$place/awarded"
node bench/idle.mjs "$BIN" "$place/demo" "$((port + 2))" > "$place/idle" || failed=1
while IFS=$'\t' read -r what measured limit unit; do row "$what" "$measured" "$limit" "$unit"; done < "$place/idle"
WORKLOAD_DIR=$place/workload scripts/workload.sh 20260722 >/dev/null 2>&1
data=$place/workload/20260722
for run in 1 2 3; do
  start=$(now)
  $BIN match --schema "$data/schema.json" --enterprises "$data/enterprises.csv" --policies "$data/policies.jsonl" --out "$place/counts.csv" >/dev/null 2>&1
  row "liangu match, files read, 787 million pairs ($run)" "$(since "$start")" 10 s
done
exit $failed
