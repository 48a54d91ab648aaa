# Punktsvar, from a clone to an answer. `make help` lists the targets.
#
#   PYTHON     the Python (3.11 or newer) that makes the environment
#   VENV       where the environment lies
#   PIP_FLAGS  passed to pip, for instance another package index
#   PORT       where the app listens, when not on Streamlit's usual port
#   ARGS       passed to the tool behind test, bench and eval

PYTHON ?= python3
VENV ?= .venv
PIP_FLAGS ?=
PORT ?=
ARGS ?=

python = $(VENV)/bin/python
installed = $(VENV)/.installed

.PHONY: help run test lint bench eval clean
.DEFAULT_GOAL := help

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: $(installed)  ## read data/minutes into the archive and serve the app; it prints its address
	-@$(python) -m ingest add data/minutes
	@$(python) -m qa.ui.server $(if $(PORT),--port $(PORT))

test: $(installed)  ## run the tests
	@$(python) -m pytest -q $(ARGS)

lint: $(installed)  ## check style, format and types
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy

bench: $(installed)  ## measure how fast it is
	@$(python) -m tests.benchmarks $(ARGS)

eval: $(installed)  ## measure answers and reading, and make the tables of docs/scorecard.md anew
	@$(python) -m tests.quality $(ARGS)

clean:  ## remove the environment and all caches; the archive and your minutes stay
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .bench
	find ingest qa tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Made again when a dependency changes; the last line is reached only when all went well.
$(installed): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Punktsvar needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing into $(VENV), once; this takes a minute or more."
	@$(PYTHON) -m venv $(VENV)
	@$(python) -m pip install -q --disable-pip-version-check $(PIP_FLAGS) -c constraints.txt -e '.[test]'
	@touch $@
