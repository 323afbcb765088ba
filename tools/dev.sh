#!/usr/bin/env bash
# `make dev`: a debug build that is built again, and reloads the page, on every change.
# cargo-leptos compiles with --cfg erase_components here: quicker to build, kept apart from other builds by cargo.
. "$(dirname "$0")/lib.sh"

tools/setup.sh run
# --split as in the release build: what is #[lazy] is not found in a bundle of one piece.
exec cargo leptos watch --split "$@"
