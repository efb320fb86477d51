#!/usr/bin/env bash
# growth.sh [SEED] [FACTOR…]   the engine alone at once, three, ten times the firms of the workload; counts held against the reference
. "$(dirname "$0")/../../scripts/common.sh"
need_commands python3 cargo
seed=${1:-20260722}
shift || true
python=python3
"$python" -c 'import numpy' 2>/dev/null || python=/usr/bin/python3
"$python" -c 'import numpy' 2>/dev/null || install_packages python3 python3-numpy
cargo build --release -p liangu-matching --example workload
exec "$python" bench/peers/growth.py target/release/examples/workload "$ROOT/target/peers" "$seed" ${@:-1 3 10}
