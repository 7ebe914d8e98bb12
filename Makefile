# `make` alone lists what it can do. Works with GNU make 3.81 (macOS) and later.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# Relative, so that a space in the path of the checkout does no harm.
BIN := .venv/bin

# What `make video` runs once the environment is ready.
RENDER := $(BIN)/gd render Overshoot -q h
# Handed to the tests or the benchmarks: make test ARGS="-k overshoot"
ARGS :=

ifdef PYTHON
export PYTHON
endif

.PHONY: help setup setup-browser video test lint format bench wheel clean distclean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  make PYTHON=python3.12 setup   with another Python (3.11 or newer)'
	@echo '  make test ARGS="-k overshoot"  some of the tests; -m "not slow" leaves out the slow ones'

setup: ## Make the environment in .venv; does nothing when it is up to date
	@sh .ci/setup.sh

setup-browser: setup ## Install Chromium, for the tests of web pages and decks
	@sh .ci/browser.sh

video: setup ## Render the lesson Overshoot at 1080p60 into output/
	@$(RENDER)

test: setup ## Run all tests
	@$(BIN)/python -m pytest -rs -n auto --dist worksteal $(ARGS)

lint: setup ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: setup ## Put the code into its format
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: setup ## Measure speed and memory; print a table and write JSON
	@$(BIN)/python tests/benchmarks $(ARGS)

wheel: setup ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation

clean: ## Remove output/ (videos too), builds and caches; .venv stays
	@rm -rf output media dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find gdcore scenes tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove .venv as well
	@rm -rf .venv
