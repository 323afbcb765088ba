#!/usr/bin/env bash
# `make demo`: the release build of this checkout, with two years of checkpoints of an invented organisation, from a database that is
# thrown away at the end. CHECKPOINT_ADDR and the other settings of the caller are passed on, but for the database.
. "$(dirname "$0")/lib.sh"

tools/setup.sh run
say "building (the first time takes some minutes)"
build_release
export_server_env
exec "$(target_dir)/release/checkpoint" demo
