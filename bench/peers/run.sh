#!/usr/bin/env bash
# run.sh [SEED] [ROUNDS]   the matching engine and its peers side by side; writes table.md and ratios.svg into bench/results
. "$(dirname "$0")/../../scripts/common.sh"
if [ -z "${LIANGU_TEST_PG:-}" ]; then
  [ -n "$(postgres_bin)" ] || install_packages postgresql
  LIANGU_PG_OPTIONS="-c shared_buffers=512MB" exec scripts/pg-test.sh "$ROOT/bench/peers/run.sh" "$@"
fi
need_commands python3 cargo
seed=${1:-20260722} rounds=${2:-5}
place=$ROOT/target/peers data=$ROOT/target/peers/data-$seed
mkdir -p "$place"
python3 -m venv --help >/dev/null 2>&1 || install_packages python3-venv
[ -x "$place/venv/bin/pip" ] || python3 -m venv "$place/venv"
say "Installing the peers"
"$place/venv/bin/pip" install -q -r bench/peers/requirements.txt
CARGO_TARGET_DIR=$place/rust cargo build --release --manifest-path bench/peers/rust/Cargo.toml
cargo build --release -p liangu-matching --example workload
[ -f "$data/policies.jsonl" ] || "$place/venv/bin/python" bench/workload/generate.py "$seed" "$data"
awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo
"$place/venv/bin/python" bench/peers/race.py "$data" "$place/rust/release/peers" target/release/examples/workload "$ROOT/bench/results" "$rounds"
