#!/usr/bin/env bash
# The long versions: all pairs of columns, sql and row on the demonstration; the property tests with many more cases.
. "$(dirname "$0")/common.sh"
export LIANGU_SOAK=1 PROPTEST_CASES=${PROPTEST_CASES:-20000}
cargo test --release --workspace
cargo build --release --bin liangu
scripts/parity.sh --all
