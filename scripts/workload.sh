#!/usr/bin/env bash
# workload.sh SEED…   draws the matching workload for each seed and compares `liangu match` with the independent reference
. "$(dirname "$0")/common.sh"
BIN=$ROOT/target/release/liangu
place=${WORKLOAD_DIR:-$(mktemp -d)}
python=python3
if ! "$python" -c 'import numpy' 2>/dev/null; then
  python=/usr/bin/python3
  "$python" -c 'import numpy' 2>/dev/null || install_packages python3 python3-numpy
fi
for seed in "$@"; do
  data=$place/$seed
  [ -f "$data/reference.csv" ] || { mkdir -p "$data"; "$python" bench/workload/generate.py "$seed" "$data"; "$python" bench/workload/reference.py "$data" > "$data/reference.csv"; }
  "$BIN" match --schema "$data/schema.json" --enterprises "$data/enterprises.csv" --policies "$data/policies.jsonl" --out "$data/counts.csv"
  cmp "$data/counts.csv" "$data/reference.csv" || die "liangu match differs from the reference at seed $seed"
  echo "seed $seed: $(($(wc -l < "$data/counts.csv") - 1)) policies, counts equal to the reference"
done
[ -n "${WORKLOAD_DIR:-}" ] || rm -rf "$place"
