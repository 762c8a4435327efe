# Waymark's tasks. Tools, their versions and where they are kept: .ci/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test dev build fmt lint audit advisories bench-progress bench-checkout bench-player clean

# Before every use of cargo or an npm tool: all of them from the same place.
env := . .ci/env.sh;
# The browser side compiles for wasm32 only.
host := --workspace --exclude frontend
title = @printf '\n== %s\n'

help: ## this list
	@sed -n 's/^\([a-z-]*\): .*## /  make \1 \t/p' Makefile | expand -t 16

run: ## build and serve the demo school at http://127.0.0.1:3000
	@.ci/setup.sh run
	$(title) 'Building (some minutes the first time, then seconds)'
	@$(env) cargo leptos build --release --precompress
	@[ -e waymark.db ] || { printf '\n== Loading the demo school\n' && target/release/waymark demo; } || { rm -f waymark.db*; false; }
	$(title) 'Serving at http://127.0.0.1:3000 (Ctrl-C stops it)'
	@exec target/release/waymark serve

test: ## run every check and every test
	@.ci/setup.sh test
	@$(MAKE) --no-print-directory lint
	$(title) 'Rules, both databases, pages'
	@$(env) cargo test $(host) --locked
	$(title) 'Release build'
	@$(env) cargo leptos build --release --precompress
	$(title) 'Browser: desktop, phone, without JavaScript, accessibility'
	@$(env) cd end2end && playwright test

dev: ## rebuild and restart the server on every change
	@.ci/setup.sh run
	$(title) 'Building for development (some minutes the first time)'
	@$(env) cargo leptos build
	@[ -e waymark.db ] || target/debug/waymark demo
	@$(env) cargo leptos watch -- serve

build: ## release build only: target/release/waymark and target/site
	@.ci/setup.sh run
	@$(env) cargo leptos build --release --precompress

fmt: ## format Rust and SCSS
	@.ci/setup.sh run
	@$(env) cargo fmt --all; cd end2end && stylelint --fix '../style/**/*.scss'

lint: ## formatting, clippy, stylelint, TypeScript
	@.ci/setup.sh run
	$(title) 'Formatting'
	@$(env) cargo fmt --all --check
	$(title) 'Clippy: server side'
	@$(env) cargo clippy $(host) --all-targets --locked -- -D warnings
	$(title) 'Clippy: browser side'
	@$(env) cargo clippy -p frontend --target wasm32-unknown-unknown --locked -- -D warnings
	$(title) 'Styles'
	@$(env) cd end2end && stylelint '../style/**/*.scss'
	$(title) 'TypeScript'
	@$(env) cd end2end && tsc --noEmit

audit: ## licences, banned and duplicate crates
	@.ci/setup.sh audit
	@$(env) cargo deny --config .ci/deny.toml check bans licenses sources

# Apart from `audit`, because it fetches the advisory database.
advisories:
	@.ci/setup.sh audit
	@$(env) cargo deny --config .ci/deny.toml check advisories

bench-progress: ## reports of watching a second, and how long merging takes
	@.ci/setup.sh test
	$(title) 'Merging intervals'
	@$(env) cargo bench -p domain --bench coverage
	$(title) 'Reports over HTTP, every commit flushed to the disk'
	@$(env) WAYMARK_TEST_FSYNC=1 cargo bench -p server --bench progress

bench-checkout: ## whole checkouts a second, and how long a price takes
	@.ci/setup.sh test
	$(title) 'Checkouts over HTTP, every commit flushed to the disk'
	@$(env) WAYMARK_TEST_FSYNC=1 cargo bench -p server --bench checkout

bench-player: ## how long the player's page keeps a slow phone's main thread
	@.ci/setup.sh test
	$(title) 'Release build'
	@$(env) cargo leptos build --release --precompress
	$(title) 'First visits and playing, the processor slowed four times'
	@$(env) cd end2end && playwright test --config bench.config.ts

clean: ## remove what was built here (not the database, not the tools' cache)
	rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report
