# The two commands of the README; each does its own set-up from a bare clone.
PYTHON ?= python3
CORE := .venv
DEV := .venv-dev

.PHONY: demo test check benchmark wheel clean

demo: $(CORE)/ready
	$(CORE)/bin/arie extract seeds/001_d28bbf1835657e57.txt --listing

test: $(DEV)/ready
	$(DEV)/bin/python -m pytest -q

check: $(DEV)/ready
	$(DEV)/bin/ruff check src tests training
	$(DEV)/bin/ruff format --check src tests training
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

benchmark: $(DEV)/ready
	$(DEV)/bin/python training/5_speed.py

wheel: $(DEV)/ready
	$(DEV)/bin/python -m build --wheel

$(CORE)/ready: pyproject.toml
	$(PYTHON) -m venv $(CORE)
	$(CORE)/bin/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

# torch first and pinned, so that every later package finds it installed and pulls no other build.
$(DEV)/ready: pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[train,dev]'
	touch $@

clean:
	rm -rf $(CORE) $(DEV) build dist
