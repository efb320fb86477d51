# Shared by the scripts: where the project is, how to install Debian packages, how to say what happens.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "Needed: $*. Run it as root, then try again."; fi
}

# need COMMAND PACKAGE…: installs the Debian packages where the command is missing.
need() {
  local command=$1; shift
  command -v "$command" >/dev/null && return 0
  install_packages "$@"
}

install_packages() {
  say "Installing: $*"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  as_root apt-get update -qq
  as_root apt-get install -y --no-install-recommends "$@" >/dev/null
}

# Folder with initdb and pg_ctl, or nothing.
postgres_bin() {
  local d
  for d in /usr/lib/postgresql/*/bin; do [ -x "$d/initdb" ] && echo "$d"; done | sort -V | tail -n 1
}

need_commands() { local c; for c in "$@"; do command -v "$c" >/dev/null || die "$c is missing: install it first (see README)."; done; }
