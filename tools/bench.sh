#!/usr/bin/env bash
# `make bench`: the measurements of benches/, as ratios against a floor measured in the same run.
. "$(dirname "$0")/lib.sh"

cargo bench --features ssr --bench speed -- "$@"
