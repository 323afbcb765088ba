#!/usr/bin/env bash
# Installs what is missing and nothing else; a second run only looks. Usage: tools/setup.sh [run|test]
#   run   what `make run` and `make dev` need: the wasm target, cargo-leptos, wasm-bindgen, wasm-opt
#   test  also what `make test` needs: rustfmt and clippy, a Chromium, PostgreSQL's programs
. "$(dirname "$0")/lib.sh"

# --- what we do not install ----------------------------------------------------------------------------------------------

check_basics() {
  local name missing=()
  for name in cargo rustc git node npm cc curl; do have "$name" || missing+=("$name"); done
  if [ "${missing[*]:-}" = curl ]; then warn "curl is missing: tools are compiled instead of downloaded"; missing=(); fi
  [ ${#missing[@]} -eq 0 ] || die "missing on this machine: ${missing[*]}. Needed are rustup (cargo, rustc), git, node $NODE_MAJOR or newer with npm, and a C compiler (Debian, Ubuntu: apt-get install build-essential git)."
  local node_major want have_rust
  node_major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$node_major" -ge "$NODE_MAJOR" ] || die "node is $(node --version), needed is $NODE_MAJOR or newer."
  want=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  have_rust=$(rustc --version | cut -d' ' -f2 | cut -d- -f1)
  [ "$(printf '%s\n' "$want" "$have_rust" | sort -V | head -n 1)" = "$want" ] ||
    die "Rust is $have_rust, needed is $want or newer: rustup update stable"
}

# --- Rust ----------------------------------------------------------------------------------------------------------------

need_wasm_target() {
  [ -d "$(rustc --print target-libdir --target "$WASM_TARGET" 2>/dev/null)" ] && return
  have rustup || die "this Rust has no $WASM_TARGET target and there is no rustup to add it."
  say "adding the Rust target $WASM_TARGET"
  rustup target add "$WASM_TARGET"
}

need_component() { # component, program
  cargo "$2" --version >/dev/null 2>&1 && return
  have rustup || die "this Rust has no $1 and there is no rustup to add it."
  say "adding the Rust component $1"
  rustup component add "$1"
}

# fetch_tool NAME VERSION PROGRAM URL: takes a released archive when there is one for this machine and its program runs.
fetch_tool() {
  local dir="$TOOLS/$1-$2/bin" tmp found
  have curl || return 1
  tmp=$(mktemp -d)
  say "looking for a built $1 $2"
  if curl --proto '=https' --fail --location --silent --show-error --connect-timeout 10 --max-time 180 "$4" 2>/dev/null | tar -xz -C "$tmp" 2>/dev/null &&
    found=$(find "$tmp" -type f -name "$3" | head -n 1) && [ -n "$found" ] && chmod +x "$found" && "$found" --version >/dev/null 2>&1; then
    mkdir -p "$dir"
    mv "$found" "$dir/$3"
    rm -rf "$tmp"
    return 0
  fi
  rm -rf "$tmp"
  return 1
}

# compile_tool NAME VERSION [cargo install options]: its own target directory, so that CARGO_TARGET_DIR stays the project's.
# The program is used a few times a day: no optimisation saves minutes of building it.
compile_tool() {
  local name=$1 version=$2
  shift 2
  say "compiling $name $version (some minutes, once)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install "$name" --version "=$version" --root "$TOOLS/$name-$version" --target-dir "$TOOLS/build" "$@"
  rm -rf "$TOOLS/build"
}

machine() { # as the releases name it; the static build runs on every Linux
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64) echo aarch64-unknown-linux-musl ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    *) echo none ;;
  esac
}

need_cargo_leptos() {
  [ "$(cargo leptos --version 2>/dev/null | awk '{ print $2 }')" = "$CARGO_LEPTOS" ] && return
  if have cargo-binstall; then
    say "installing cargo-leptos $CARGO_LEPTOS with cargo binstall"
    cargo binstall --no-confirm --version "$CARGO_LEPTOS" --root "$TOOLS/cargo-leptos-$CARGO_LEPTOS" --disable-strategies compile cargo-leptos &&
      cargo leptos --version >/dev/null 2>&1 && return
  fi
  fetch_tool cargo-leptos "$CARGO_LEPTOS" cargo-leptos \
    "https://github.com/leptos-rs/cargo-leptos/releases/download/v$CARGO_LEPTOS/cargo-leptos-$(machine).tar.gz" && return
  # --locked: with newer dependencies than its own lock file it asks for a newer Rust.
  compile_tool cargo-leptos "$CARGO_LEPTOS" --locked
}

need_wasm_bindgen() {
  [ "$(wasm-bindgen --version 2>/dev/null | awk '{ print $2 }')" = "$WASM_BINDGEN" ] && return
  fetch_tool wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen \
    "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/$WASM_BINDGEN/wasm-bindgen-$WASM_BINDGEN-$(machine).tar.gz" && return
  compile_tool wasm-bindgen-cli "$WASM_BINDGEN" # its package has no lock file worth keeping to
}

# --- npm -----------------------------------------------------------------------------------------------------------------

need_npm_packages() {
  local stamp=end2end/node_modules/.checkpoint-stamp now
  now=$(cat end2end/package.json end2end/package-lock.json | git hash-object --stdin)
  if [ -x end2end/node_modules/.bin/wasm-opt ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return; fi
  say "installing npm packages (wasm-opt, Playwright) in end2end/"
  (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-fund --no-audit --loglevel=error)
  printf '%s\n' "$now" >"$stamp"
}

# --- what only the tests need --------------------------------------------------------------------------------------------

apt_install() {
  have apt-get || return 1
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as=(sudo -n)
  fi
  say "apt-get install $*"
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

need_chromium() {
  find_chromium >/dev/null && return
  # On Ubuntu the package is a pointer to snap, which containers do not have; Playwright's own build runs there.
  if grep -qE '^ID=debian$' /etc/os-release 2>/dev/null && apt_install chromium && find_chromium >/dev/null; then return; fi
  say "fetching Playwright's Chromium"
  if [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; then
    (cd end2end && npx --no-install playwright install --with-deps chromium) || true
  else
    (cd end2end && npx --no-install playwright install chromium) || true
  fi
  find_chromium >/dev/null || die "no Chromium: install one (Debian: apt-get install chromium) or point CHROMIUM at its program."
}

need_postgres() {
  find_postgres >/dev/null && return
  # The package starts a cluster of its own unless told not to; the tests start theirs.
  if apt_install postgresql && find_postgres >/dev/null; then return; fi
  warn "no PostgreSQL on this machine: its tests are left out. apt-get install postgresql, or set POSTGRES_BIN to the folder of initdb."
}

for_run() { check_basics; need_wasm_target; need_cargo_leptos; need_wasm_bindgen; need_npm_packages; }
for_test() { for_run; need_component rustfmt fmt; need_component clippy clippy; need_chromium; need_postgres; }

case "${1:-test}" in
  run) for_run ;;
  test) for_test ;;
  *) die "usage: tools/setup.sh [run|test]" ;;
esac
say "set up: $(rustc --version | cut -d' ' -f1,2), cargo-leptos $CARGO_LEPTOS, wasm-bindgen $WASM_BINDGEN, $(wasm-opt --version | cut -d' ' -f1-3), node $(node --version)"
