#!/usr/bin/env bash
# web.sh          builds web/dist when a source is newer than it
# web.sh check    types, unit tests, build and byte budgets
. "$(dirname "$0")/common.sh"
need_commands node npm
cd web

install() {
  local stamp=node_modules/.stamp
  [ -f "$stamp" ] && [ "$stamp" -nt package-lock.json ] && return 0
  say "Web: installing packages"
  npm ci --no-audit --no-fund --loglevel=error
  touch "$stamp"
}

build() {
  if [ -f dist/index.html ] && [ -z "$(find src public index.html vite.config.ts package-lock.json -newer dist/index.html -print -quit)" ]; then
    return 0
  fi
  install
  say "Web: building"
  npm run --silent build
  touch dist/index.html
}

case "${1:-build}" in
  build) build ;;
  check)
    install
    say "Web: types and unit tests"
    npm run --silent typecheck
    npm run --silent test
    rm -f dist/index.html
    build
    npm run --silent size
    ;;
  *) die "usage: web.sh [check]" ;;
esac
