# Shared by the scripts in tools/: where things are, how to speak, how to build. Sourced, never run.
# shellcheck shell=bash

set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# shellcheck source=tools/versions.env
. tools/versions.env

# Tools in the pinned version, when the machine does not have it already, live beside other caches and not in ~/.cargo/bin:
# nothing of the user's is replaced, and a new clone finds them again.
TOOLS=${CHECKPOINT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/checkpoint-tools}
WASM_BINDGEN=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock)
WASM_TARGET=wasm32-unknown-unknown

# First on the PATH: wasm-opt as package-lock.json pins it, then the pinned tools. cargo-leptos takes what the PATH gives it
# and downloads only what it does not find there.
export PATH="$ROOT/end2end/node_modules/.bin:$TOOLS/cargo-leptos-$CARGO_LEPTOS/bin:$TOOLS/wasm-bindgen-cli-$WASM_BINDGEN/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() { printf '%s\n' "== $*"; }
warn() { printf '%s\n' "!! $*" >&2; }
die() { warn "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Where cargo builds: CARGO_TARGET_DIR, a setting in some cargo configuration, or target/.
target_dir() {
  cargo metadata --no-deps --offline --format-version 1 2>/dev/null |
    node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).target_directory'
}

# The browser that the tests use: CHROMIUM, the machine's own, or the one Playwright keeps.
find_chromium() {
  local name path
  if [ -n "${CHROMIUM:-}" ]; then printf '%s\n' "$CHROMIUM"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    # Ubuntu's chromium-browser may be a stub that only points at snap, so it is asked to answer.
    if path=$(command -v "$name") && "$path" --version >/dev/null 2>&1; then printf '%s\n' "$path"; return; fi
  done
  path=$(cd end2end && node -p 'require("playwright-core").chromium.executablePath()' 2>/dev/null) || return 1
  [ -x "$path" ] && printf '%s\n' "$path"
}

# Debian and Ubuntu keep initdb and postgres off the PATH.
find_postgres() {
  local dir path
  for dir in "${POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    if [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then printf '%s\n' "$dir"; return; fi
  done
  path=$(command -v initdb) && dirname "$(readlink -f "$path")"
}

# The release build, the same for `make run` and `make test`: WASM, JS and CSS into target/site, the server into the target
# directory, hash.txt beside it. --precompress writes the .br and .gz files that the server sends as they are, --split gives the
# room and the other pages a part of the bundle each (docs/decisions/0003); the browser half does not run without it.
build_release() { cargo leptos build --release --precompress --split; }

# What a server built by cargo-leptos must be told at run time; the name of the bundle is compiled in (.cargo/config.toml).
# It looks for hash.txt next to its own file, for the rest in LEPTOS_SITE_ROOT. site-root in Cargo.toml is relative to the
# checkout, also when CARGO_TARGET_DIR is elsewhere.
export_server_env() {
  export LEPTOS_OUTPUT_NAME=checkpoint LEPTOS_SITE_ROOT="$ROOT/target/site" LEPTOS_SITE_PKG_DIR=pkg LEPTOS_HASH_FILES=true LEPTOS_ENV=PROD
}
