# Commands of the project; each is a short script in tools/ that can be read and run by itself.
# `make` alone lists them.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run demo test check dev bench setup

help: ## List these commands
	@grep -hE '^[a-z]+: ## ' $(firstword $(MAKEFILE_LIST)) | awk -F ': ## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: ## Set up what is missing, build for release, serve on http://127.0.0.1:3000
	@tools/run.sh

demo: ## The same with two years of checkpoints to look around in, thrown away at the end
	@tools/demo.sh

test: ## Set up what is missing and run every check and every test
	@tools/test.sh

check: ## The quick look before a commit: formatting, lints for both targets, tests of the domain
	@tools/check.sh

dev: ## Serve a debug build and build again on every change
	@tools/dev.sh

bench: ## Measure (cargo bench)
	@tools/bench.sh

setup: ## Install what `make run` and `make test` need and leave it at that
	@tools/setup.sh test
