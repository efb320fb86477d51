#!/usr/bin/env bash
# e2e.sh journeys | shots   browser journeys, or pictures of every page, against a demonstration made for them
. "$(dirname "$0")/common.sh"
need_commands node npm
need chromium chromium
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || install_packages fonts-noto-cjk fontconfig
cd e2e
[ -f node_modules/.stamp ] && [ node_modules/.stamp -nt package-lock.json ] || { npm ci --no-audit --no-fund --loglevel=error; touch node_modules/.stamp; }
exec npm run --silent "${1:?journeys or shots}"
