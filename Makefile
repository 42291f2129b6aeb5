# Needs Python 3.11 or newer and make; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check docs bench clean

demo: .venv/package  ## compare the sample documents that come with the library
	$(BIN)/discourse demo

test: .venv/test  ## unit tests, doctests and the examples of the documentation
	$(BIN)/python -m pytest -n auto

check: .venv/dev docs  ## lint, format, types and the floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

docs: .venv/dev  ## the documentation, in docs/_build
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build

bench: .venv/test
	for script in benchmarks/[a-z]*.py; do \
	  $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; \
	done

clean:
	rm -rf .venv docs/_build dist

# A stamp for each set of dependencies, so that nothing is installed twice.
.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/package: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[report]'
	touch $@

.venv/test .venv/dev: .venv/%: .venv/package
	$(BIN)/python -m pip install --quiet --editable '.[all]' --group $*
	touch $@
