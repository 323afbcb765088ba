#!/usr/bin/env bash
# `make test`: every check and every test. Each stage says its name and its seconds; a stage that fails does not stop the
# others, so that one run shows all there is, but the command ends non-zero and names what failed.
#
# What is compiled, and why not less (2 cores, clean checkout):
#   - clippy and rustdoc share one set of checked dependencies (dev profile), for the server and for wasm once each;
#   - the Rust tests compile the same dependencies to code (dev profile): a checked dependency cannot be linked;
#   - cargo-leptos compiles the server (release) and the browser half (wasm-release), which the browser tests use, so that
#     what is tested is what is shipped.
# Features are the same everywhere (`--features ssr`, client as it is), and .cargo/config.toml keeps the one variable that
# leptos compiles in the same, so no stage invalidates another. In CI nothing is compiled incrementally: it is read by nobody.
. "$(dirname "$0")/lib.sh"

began=$SECONDS
if [ -n "${CI:-}" ]; then
  export CARGO_INCREMENTAL=0 NEXTEST_PROFILE=${NEXTEST_PROFILE:-ci} CARGO_TERM_PROGRESS_WHEN=never
fi

names=() results=() failed=0
stage() { # NAME COMMAND...
  local name=$1 start=$SECONDS result=ok
  shift
  printf '\n== %s\n' "$name"
  # A function in a condition runs without errexit, so a stage of several commands chains them itself.
  if ! "$@"; then result=FAILED failed=1; fi
  names+=("$name") results+=("$result $((SECONDS - start))")
  printf '== %s: %s, %s s\n' "$name" "$result" "$((SECONDS - start))"
  [ "$result" = ok ]
}
skip() { names+=("$1") results+=("skipped ($2)"); printf '\n== %s: skipped, %s\n' "$1" "$2"; }

types() { (cd end2end && npx --no-install tsc --noEmit); }
clippy_server() { cargo clippy --features ssr --all-targets --locked -- -D warnings; }
clippy_browser() { cargo clippy --package client --target "$WASM_TARGET" --locked -- -D warnings; }
docs() { RUSTDOCFLAGS="-D warnings" cargo doc --features ssr --lib --no-deps --locked; }
# nextest cannot run the examples in doc comments. Their own closing line is kept out of the output, so that the only count
# of tests a reader finds is that of the test run itself.
doc_tests() {
  local log
  log=$(mktemp)
  if cargo test --doc --features ssr --locked >"$log" 2>&1; then rm -f "$log"; else cat "$log"; rm -f "$log"; return 1; fi
}
rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --features ssr --locked
  else
    say "cargo-nextest is not installed: cargo test instead"
    cargo test --features ssr --locked --lib --bins --tests
  fi
}
budget() { node tools/bundle-budget.mjs target/site; }
browser() {
  export_server_env
  CHROMIUM=$(find_chromium) CHECKPOINT_BIN="$(target_dir)/release/checkpoint" npx --no-install --prefix end2end playwright test --config end2end "$@"
}

stage "set-up" tools/setup.sh test || exit 1
stage "formatting" cargo fmt --all --check || true
stage "types of the browser tests" types || true
stage "clippy, server" clippy_server || true
stage "clippy, browser" clippy_browser || true
stage "documentation" docs || true
stage "examples in documentation" doc_tests || true
stage "Rust tests" rust_tests || true
if cargo deny --version >/dev/null 2>&1; then
  stage "licences and advisories" cargo deny --workspace check || true
else
  skip "licences and advisories" "cargo-deny is not installed"
fi
if stage "release build" build_release; then
  stage "bundle budget" budget || true
  stage "browser tests" browser || true
else
  skip "bundle budget" "no release build"
  skip "browser tests" "no release build"
fi

printf '\n'
for i in "${!names[@]}"; do
  read -r result seconds <<<"${results[$i]}"
  case $result in
    skipped) printf '  %-28s skipped %s\n' "${names[$i]}" "$seconds" ;;
    *) printf '  %-28s %-7s %5s s\n' "${names[$i]}" "$result" "$seconds" ;;
  esac
done
find_postgres >/dev/null || printf '  (without PostgreSQL: its tests were left out)\n'
printf '  %-28s %-7s %5s s\n' "all" "$([ $failed = 0 ] && echo ok || echo FAILED)" "$((SECONDS - began))"
exit $failed
