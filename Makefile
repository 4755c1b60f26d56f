# Everything from a bare machine with Python (3.11 or later, with pip and venv) and make.
# What is set up once is remembered in .make/, so that repeats are quick.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
SOURCES := pyproject.toml constraints.txt README.md $(shell find gtdlike -type f ! -name '*.pyc')

.DEFAULT_GOAL := help
.PHONY: help demo test lint types figures bench generate schemas docs clean

help: ## Print these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

demo: .make/installed ## Build a release from the example articles in seeds/ and show it
	rm -rf release
	$(BIN)/gtdlike build seeds/ -o release/
	@$(BIN)/python scripts/show_release.py release/

# From the tests' folder, so that the installed package is tested and not the sources beside it; on all processors.
test: .make/developer ## Run the tests against the installed package
	cd tests && GTDLIKE_INSTALLED=1 ../$(BIN)/pytest -p no:cacheprovider -n auto --dist worksteal $(ARGS)

lint: .make/developer ## Check style and likely mistakes (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .make/developer ## Check types (mypy --strict)
	$(BIN)/mypy gtdlike scripts $(wildcard benchmarks/*.py)
	$(BIN)/mypy -p benchmarks.validation
	$(BIN)/mypy -p benchmarks.linking

figures: .make/developer ## Check that no figure of the evaluation sets has fallen (left out where they are not at hand)
	$(BIN)/python benchmarks/figures.py $(ARGS)

bench: .make/developer ## Run the benchmarks (installs spaCy and the other validators to compare with)
	$(PIP) '.[bench]'
	@set -e; for file in $(wildcard benchmarks/*.py); do echo "== $$file"; $(BIN)/python "$$file"; done
	@echo "== benchmarks/validation"; $(BIN)/python -m benchmarks.validation $(ARGS)
	@echo "== benchmarks/linking"; $(BIN)/python -m benchmarks.linking
	@$(BIN)/python -m benchmarks.linking.beside
	@$(BIN)/python -m benchmarks.linking.beside --set

generate: .make/developer ## Make the generated files anew: the gazetteer, the schemas and the docs
	$(PIP) '.[gazetteer]'
	$(BIN)/python scripts/make_gazetteer.py
	$(MAKE) schemas docs

schemas: .make/developer ## Make schemas/*.schema.json anew from the codebook
	$(BIN)/python scripts/make_schemas.py

docs: .make/developer ## Make docs/reference.md, codebook.md and the rules in validation.md anew from code and codebook
	$(BIN)/python scripts/make_docs.py
	@echo "The docs: $(wildcard docs/*.md)"

clean: ## Remove what these targets made
	rm -rf .venv .make release build dist .mypy_cache .ruff_cache .pytest_cache tests/.hypothesis .hypothesis

.make/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gtdlike needs Python 3.11 or later. Name one: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { echo "The module venv is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@mkdir -p .make && touch $@

.make/installed: .make/venv $(SOURCES)
	$(PIP) .
	@touch $@

.make/developer: .make/venv $(SOURCES)
	$(PIP) '.[test,dev]'
	@touch .make/installed $@
