#!/bin/sh
# Runs a command beside a throw-away PostgreSQL server, whose URL it finds in LIANGU_TEST_PG:
#     scripts/pg-test.sh cargo test --release -p liangu-store
# The server listens on loopback on a free port, trusts everybody there, and is gone with its data afterwards.
set -eu

find_program() {
    for at in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin; do
        [ -x "$at/$1" ] && { echo "$at/$1"; return; }
    done
    command -v "$1" || { echo "pg-test: $1 not found; install a PostgreSQL server (Debian: apt-get install postgresql)" >&2; exit 1; }
}

initdb=$(find_program initdb)
pg_ctl=$(find_program pg_ctl)
folder=$(mktemp -d)
# The server refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; runuser -u postgres -- "$@"; else "$@"; fi; }
stop() { as "$pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
trap 'exit 130' INT TERM

cd "$folder"
as "$initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C -N >/dev/null
# A port may be taken between its choice and its use, so several are tried.
for try in 1 2 3 4 5; do
    port=$(( 20000 + ($$ * 7 + try * 1013) % 40000 ))
    if as "$pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=300 ${LIANGU_PG_OPTIONS:-}" start >/dev/null 2>&1; then
        started=1
        break
    fi
done
[ "${started:-0}" = 1 ] || { cat "$folder/log" >&2; exit 1; }
cd "$OLDPWD"
export LIANGU_TEST_PG="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
