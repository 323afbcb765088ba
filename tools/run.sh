#!/usr/bin/env bash
# `make run`: the release build of this checkout on http://127.0.0.1:3000, with SQLite in data/.
# CHECKPOINT_* settings of the caller are passed on.
. "$(dirname "$0")/lib.sh"

tools/setup.sh run
say "building (the first time takes some minutes)"
build_release
export_server_env
say "serving on ${CHECKPOINT_BASE_URL:-http://${CHECKPOINT_ADDR:-127.0.0.1:3000}} with ${CHECKPOINT_DATABASE_URL:-sqlite://data/checkpoint.db}; Ctrl-C stops it"
exec "$(target_dir)/release/checkpoint" serve "$@"
