# Everything a fresh machine needs is Python 3.11 or newer and make.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
WORKERS ?= auto
FUZZ_SECONDS ?= 300
SUBMISSIONS ?= 10000

.DEFAULT_GOAL := help
.PHONY: help demo test long check format lint types coverage verify browser postgresql editor matrix bench
.PHONY: fuzz soak chaos load screenshots clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "jaxjudge needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed ## Install into .venv and grade a submission
	$(BIN)/jaxjudge submit submissions/scan_training_step/accepted/grad.py

test: $(VENV)/.installed-test ## Install with the test extra and run the suite
	$(BIN)/python -m pytest -n $(WORKERS) -q -m "not long"

long: $(VENV)/.installed-test ## Run the tests that take long: every attack in every box, recipes, pages' commands
	$(BIN)/python -m pytest -n $(WORKERS) -q -m long

check: format lint types test ## Everything that must hold before a change lands

format: $(VENV)/.installed-test ## Is the code formatted?
	$(BIN)/ruff format --check .

lint: $(VENV)/.installed-test ## Does the linter find anything?
	$(BIN)/ruff check .

types: $(VENV)/.installed-test ## Are the types right, in packages and tests?
	$(BIN)/mypy

verify: $(VENV)/.installed-test ## Verify every built-in problem: all samples, the domain, all mutants
	$(BIN)/jaxjudge verify

browser: ## Install Chromium, in which the tests look at pages, where apt-get can
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver; \
	else echo "without Chromium some tests are skipped: install chromium and chromium-driver"; fi

postgresql: ## Install PostgreSQL, which tests start for themselves, where apt-get can
	@if command -v initdb >/dev/null && command -v postgres >/dev/null; then :; \
	elif ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; \
	else echo "without PostgreSQL some tests are skipped: install its server, with initdb and postgres"; fi

editor: ## Build the editor's bundle again from its locked sources, and compare
	.ci/editor

coverage: $(VENV)/.installed-test ## Branch coverage of the suite: all of graders/, 95 % of harness/
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(WORKERS) -q
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='graders/*' --fail-under=100
	$(BIN)/coverage report --include='harness/*' --fail-under=95

matrix: ## Run the suite on every Python found among 3.11 to 3.14
	.ci/matrix

bench: $(VENV)/.installed-test ## Measure speed beside the alternatives
	$(BIN)/python -m pip install --quiet --editable '.[test,bench]'
	$(BIN)/python -m benchmarks.cold
	$(BIN)/python -m benchmarks.warm
	$(BIN)/python -m benchmarks.embedded --submissions $(SUBMISSIONS)

soak: $(VENV)/.installed-test ## Judge 10 000 sources from one process and watch speed and memory
	$(BIN)/python -m benchmarks.embedded --submissions $(SUBMISSIONS)

chaos: $(VENV)/.installed-test ## Kill all there is of a server while clients submit: nothing may be lost
	$(BIN)/python -m tests.chaos

load: $(VENV)/.installed-test ## Measure what a server costs beside grade, on SQLite and on PostgreSQL
	$(BIN)/python -m benchmarks.load

fuzz: $(VENV)/.installed-test ## Mutate all that a submission can send, for FUZZ_SECONDS
	-$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(FUZZ_SECONDS)

screenshots: $(VENV)/.installed-test ## Take the pictures of the server's pages in docs/ again
	$(BIN)/python docs/screenshots.py

clean: ## Remove what make has made
	rm -rf .venv .venv-3.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* dist build fuzz-findings
