# Needs only make and a Python of 3.11 or later with its venv module.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PATHS := corpus tui tests

.DEFAULT_GOAL := help
.PHONY: help read setup test check lock bench picture clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

read: setup ## open the reader on its sample
	@$(BIN)/korea-reader --sample

setup: $(READY) ## install what the lock names into .venv, once
	@cmp -s requirements.lock $(READY) || { rm -f $(READY); $(MAKE) --no-print-directory $(READY); }

$(READY):
	@python=$$(.ci/python "$(PYTHON)") || exit 1; \
	echo "Setting up $(VENV) with $$python ..." >&2; \
	"$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@cp requirements.lock $(READY)

test: setup ## run the tests
	@$(BIN)/python -m pytest -m "not bench"

check: setup ## lint, format, types, import contracts
	@$(BIN)/ruff check $(PATHS)
	@$(BIN)/ruff format --check $(PATHS)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock: setup ## write requirements.lock anew from pyproject.toml
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet --upgrade --output-file requirements.lock

bench: setup ## measure
	@$(BIN)/python -m pytest tests/bench -m bench --no-cov -s

picture: setup ## draw the pictures of the README
	@$(BIN)/python tests/picture.py

clean: ## remove what was made
	@rm -rf $(VENV) dist build .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(PATHS) -name __pycache__ -type d -prune -exec rm -rf {} +
