#!/usr/bin/env bash
# The whole test run. Installs what the tests need (Debian packages; as root or by sudo), then runs, in this order:
# web checks, format and lints, Rust on SQLite and on a real PostgreSQL, parity of columns, SQL and rows on the
# demonstration, the matching workload, browser journeys.
. "$(dirname "$0")/common.sh"
need_commands cargo node npm
say "Needed for tests: postgresql, chromium, fonts-noto-cjk"
[ -n "$(postgres_bin)" ] || install_packages postgresql
need chromium chromium
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || install_packages fonts-noto-cjk fontconfig

scripts/web.sh check
say "Rust: format and lints"
cargo fmt --all --check
cargo clippy --release --workspace --all-targets --quiet -- -D warnings
say "Rust: tests on SQLite and PostgreSQL"
LIANGU_REQUIRE_PG=1 scripts/pg-test.sh cargo test --release --workspace
cargo build --release --bin liangu
say "Two ways to an answer agree"
scripts/parity.sh
say "Matching workload"
scripts/workload.sh 20260722 7
say "Browser journeys"
scripts/generated.sh check
scripts/e2e.sh journeys
say "All tests passed"
