#!/usr/bin/env bash
# `make check`: what to run before a commit. Under a minute when warm.
. "$(dirname "$0")/lib.sh"

say "formatting"
cargo fmt --all --check
say "clippy, server"
cargo clippy --features ssr --all-targets --locked -- -D warnings
say "clippy, browser"
cargo clippy --package client --target "$WASM_TARGET" --locked -- -D warnings
say "tests of the domain"
# The same features as in `make test`, so that nothing is compiled twice.
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --features ssr --lib --locked -E 'test(/^domain::/)'
else
  cargo test --features ssr --lib --locked domain::
fi
