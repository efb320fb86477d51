#!/usr/bin/env bash
# Builds and tests a fresh clone of HEAD beside the checkout with empty caches, as a newcomer's machine would.
# Leaves the clone in place when something fails. KEEP=1 keeps it always.
. "$(dirname "$0")/common.sh"
place=$(dirname "$ROOT")/liangu-clean-room
rm -rf "$place"
git clone --quiet "$ROOT" "$place"
cd "$place"
mkdir -p .cache/cargo .cache/npm
for file in "${CARGO_HOME:-$HOME/.cargo}"/config.toml; do [ -f "$file" ] && cp "$file" .cache/cargo/; done
export CARGO_HOME=$place/.cache/cargo npm_config_cache=$place/.cache/npm
unset CARGO_TARGET_DIR
say "Clean room: make demo (without serving)"
start=$SECONDS
make build
target/release/liangu demo --dir "$place/.cache/demo" --no-serve
say "Clean room: demonstration made after $((SECONDS - start)) s"
make test
say "Clean room: all done after $((SECONDS - start)) s"
[ -n "${KEEP:-}" ] || { cd "$ROOT"; rm -rf "$place"; }
