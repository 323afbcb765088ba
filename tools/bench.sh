#!/usr/bin/env bash
# `make bench`: the measurements of benches/, as ratios against a floor measured in the same run.
. "$(dirname "$0")/lib.sh"

cargo bench --features ssr --bench start
cargo bench --features ssr --bench flow
cargo bench --features ssr --bench organisation
cargo bench --features ssr --bench past
cargo bench --features ssr --bench speed -- "$@"

# In a browser, against the release build.
tools/setup.sh test
build_release
export_server_env
CHROMIUM=$(find_chromium) CHECKPOINT_BIN="$(target_dir)/release/checkpoint" npx --no-install --prefix end2end playwright test --config end2end/bench.config.ts
