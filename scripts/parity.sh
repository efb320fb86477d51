#!/usr/bin/env bash
# parity.sh [--all]   two ways to an answer must agree: `liangu verify` on a demonstration in SQLite, and on its backup
# restored into a throw-away PostgreSQL: 300 varied rules over all firms, 20,000 pairs; --all: all rules, all pairs. Published
# figures come out of its rows, every story of it is told to its end, and every decision is made again to the same answer.
# DEMO_DIR names a demonstration that is there already; without it one is made. SEED draws other rules and pairs.
. "$(dirname "$0")/common.sh"
BIN=$ROOT/target/release/liangu
asked=(--policies 300 --pairs 20000)
case "${1:-}" in
  '') ;;
  --all) asked=(--all --pairs 200000) ;;
  *) die "parity.sh takes nothing or --all" ;;
esac
if [ -z "${LIANGU_TEST_PG:-}" ]; then
  # What is thrown away need not be safe on disk.
  export LIANGU_PG_OPTIONS=${LIANGU_PG_OPTIONS:--c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_wal_size=4GB -c shared_buffers=256MB}
  exec scripts/pg-test.sh "scripts/$(basename "$0")" "$@"
fi
[ -x "$BIN" ] || die "$BIN is missing: run cargo build --release --bin liangu first."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
demo=${DEMO_DIR:-$place/demo}
on_postgres=(--dir "$place/postgres" --database "$LIANGU_TEST_PG" --schema "parity_$$")
verify() { "$BIN" verify "${asked[@]}" --seed "${SEED:-1}" "$@"; }

say "A demonstration, its backup, and the backup in PostgreSQL"
[ -n "${DEMO_DIR:-}" ] || "$BIN" demo --dir "$demo" --as-of 2026-11-20 --no-serve 2>&1 | tee "$place/made"
! grep -qE '未演示|Not shown' "$place/made" 2>/dev/null || die "stories of the demonstration ended early: see above."
"$BIN" figures --dir "$demo" --json > "$place/figures"
! grep -q '"agrees": false' "$place/figures" || die "published figures do not come out of the rows: $(cat "$place/figures")"
"$BIN" replay --all --dir "$demo"
"$BIN" backup "$place/backup" --dir "$demo"
"$BIN" restore "$place/backup" "${on_postgres[@]}" &
restoring=$!
say "Columns, SQL and rows on SQLite, while PostgreSQL is filled"
verify --dir "$demo" | tee "$place/sqlite" || { wait; exit 1; }
wait "$restoring"
"$BIN" replay --all "${on_postgres[@]}"
say "Columns, SQL and rows on PostgreSQL"
verify "${on_postgres[@]}" | tee "$place/postgresql"
say "Both"
cat "$place/sqlite" "$place/postgresql"
