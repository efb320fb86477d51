#!/usr/bin/env bash
# generated.sh write | check   files that follow from packs and API: written, or compared with what is committed
. "$(dirname "$0")/common.sh"
BIN=target/release/liangu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
$BIN openapi > "$out/openapi.json"
$BIN pack glossary > "$out/GLOSSARY.md"
[ -d web/node_modules ] || (cd web && npm ci --no-audit --no-fund --loglevel=error)
(cd web && node_modules/.bin/openapi-typescript "$out/openapi.json" -o "$out/schema.ts" >/dev/null)
compare() { # generated committed
  case "$mode" in
    write) cp "$1" "$2" ;;
    check) diff -u "$2" "$1" || die "$2 is stale: run 'make docs' and commit it." ;;
    *) die "usage: generated.sh write | check" ;;
  esac
}
mode=${1:-check}
compare "$out/GLOSSARY.md" GLOSSARY.md
compare "$out/schema.ts" web/src/api/schema.ts
