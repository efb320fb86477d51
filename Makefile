# The commands of the project. `make demo` and `make test` set up everything they need on a fresh Debian machine
# with Rust and Node.js.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CARGO_TERM_PROGRESS_WHEN ?= auto
BIN := target/release/liangu

.PHONY: help demo test check soak soak-expr bench race growth shots clean-room web build test-rust test-web test-e2e docs

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

web: ## build the web interface into web/dist
	@scripts/web.sh

build: web ## build target/release/liangu with the web interface inside
	cargo build --release --bin liangu

demo: build ## build all, make the demonstration region, serve it, print URL and accounts (ARGS="--address 127.0.0.1:9000")
	$(BIN) demo $(ARGS)

check: ## the inner loop: format, lints, tidy, Rust tests on SQLite, web unit tests
	cargo fmt --all --check
	cargo clippy --release --workspace --all-targets -- -D warnings
	cargo test --release --workspace
	@scripts/web.sh check

test: ## everything: Rust on SQLite and PostgreSQL, web unit tests, browser journeys (installs what tests need)
	@scripts/test.sh

test-rust: ## Rust tests on SQLite and on a throw-away PostgreSQL
	@scripts/pg-test.sh cargo test --release --workspace

test-web: ## types, unit tests, build and byte budgets of the web interface
	@scripts/web.sh check

test-e2e: build ## browser journeys against a demonstration made for them
	@scripts/e2e.sh journeys

soak: build ## the long versions of the property tests (an hour)
	@scripts/pg-test.sh scripts/soak.sh

soak-expr: ## ten million random expressions: rows, SQL in both databases and columns agree (LIANGU_SOAK_CASES=…, LIANGU_SOAK_SEED=…)
	@LIANGU_SOAK=1 scripts/pg-test.sh cargo test --release -p liangu-matching --test three_meanings -- --nocapture

bench: build ## every ratio and latency that is promised, measured in one run; fails where one does not hold
	@bench/run.sh

race: ## the matching engine and its peers side by side (installs the peers; SEED=7 ROUNDS=3)
	@bench/peers/run.sh $(or $(SEED),20260722) $(or $(ROUNDS),5)

growth: ## the matching engine as firms grow to ten times the workload (SEED=7 FACTORS="1 10 30")
	@bench/peers/growth.sh $(or $(SEED),20260722) $(FACTORS)

shots: build ## pictures of every page × width × language and a contact sheet in e2e/shots
	@scripts/e2e.sh shots

docs: ## regenerate GLOSSARY.md and web/src/api/schema.ts from the packs and the API
	cargo build --release --bin liangu
	@scripts/generated.sh write

clean-room: ## build and test a fresh clone placed beside the checkout, with empty caches
	@scripts/clean-room.sh
