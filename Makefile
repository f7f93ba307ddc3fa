# One virtual environment, made on first use. It needs Python 3.11 or later with pip and venv, and nothing else.
#
#   make demo     grade the sample class into results/
#   make test     run the tests            (ARGS="-k ulp" passes arguments on to pytest)
#   make lint     style, types, and which part may import which
#   make clean    remove what the above made

PYTHON ?= python3
VENV ?= .venv
OUT ?= results
ARGS ?=

# `grader` and `pip` are started as modules: a script's first line cannot hold a path with a space in it.
run = "$(VENV)/bin/python" -m

.PHONY: demo test lint clean

demo: $(VENV)/ready
	$(run) grader grade submissions --out "$(OUT)"

test: $(VENV)/ready-to-test
	$(run) pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

lint: $(VENV)/ready-to-lint
	$(run) ruff check .
	$(run) ruff format --check .
	$(run) pyright --pythonpath "$(VENV)/bin/python"
	"$(VENV)/bin/lint-imports"

clean:
	rm -rf .venv results .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/ready: pyproject.toml
	"$(PYTHON)" -m venv "$(VENV)"
	$(run) pip install --quiet --disable-pip-version-check --editable .
	touch "$@"

# pip 25.1 is the first that reads dependency groups; Python 3.11 may bring an older one.
$(VENV)/ready-to-test: $(VENV)/ready
	$(run) pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(run) pip install --quiet --group test
	touch "$@"

$(VENV)/ready-to-lint: $(VENV)/ready-to-test
	$(run) pip install --quiet --group lint
	touch "$@"
