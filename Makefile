# `make brochures` and `make test` are all the set-up there is: what they need and do not find,
# they install (scripts/bootstrap for the system, pip into .venv for the rest). The stamps in
# .venv say that this is done, so that a second run starts at once.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := brochures
.PHONY: brochures test check bench lock clean help force

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq

# Homebrew's libraries are where macOS does not look by itself.
ifeq ($(shell uname -s),Darwin)
LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib"
endif

# A folder that was moved, or a Python that is gone, asks for a new set-up.
ifneq ($(shell test -x $(PYTHON) && cat .venv/.home 2>/dev/null),$(CURDIR))
STALE := force
endif

brochures: .venv/.stamp-runtime  ## Build the brochures into output/
	@$(LIBRARIES) .venv/bin/brochure build

test: .venv/.stamp-dev  ## Run the tests
	@$(LIBRARIES) $(PYTHON) -m pytest -n auto

check: .venv/.stamp-dev .venv/.stamp-oracles  ## Run everything that CI runs
	@$(PYTHON) -m pip --disable-pip-version-check check
	@echo "ruff" && $(PYTHON) -m ruff check && $(PYTHON) -m ruff format --check
	@echo "mypy" && $(PYTHON) -m mypy
	@echo "import-linter" && .venv/bin/lint-imports --no-logo
	@$(LIBRARIES) $(PYTHON) -m pytest -n auto

bench: .venv/.stamp-bench  ## Measure the speed against others (make bench ARGUMENTS=--help)
	@$(LIBRARIES) PYTHONPATH=tests $(PYTHON) -m bench $(ARGUMENTS)

lock: .venv/.stamp-runtime  ## Write the lock files anew (newer versions: make lock UPGRADE=--upgrade)
	@test -x .venv/uv/bin/uv || $(PIP) install --target .venv/uv uv
	@$(call compile,setup,requirements.lock)
	@$(call compile,dev,requirements-dev.lock) --constraints requirements.lock
	@$(call compile,bench,requirements-bench.lock) --constraints requirements.lock

compile = .venv/uv/bin/uv pip compile pyproject.toml --group $(1) --output-file $(2) --quiet \
	--universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE)

clean:  ## Remove what was built, and caches (to set up from scratch, remove .venv too)
	@find output -mindepth 1 -not -name .gitkeep -delete
	@rm -rf dist build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

# --- set-up --------------------------------------------------------------------------------------

install = $(PIP) install --require-hashes --requirement $(1) && \
	$(PIP) install --no-deps --no-build-isolation --editable .

.venv/.stamp-runtime: requirements.lock pyproject.toml scripts/bootstrap $(STALE)
	@scripts/bootstrap runtime
	@echo "Installing the Python libraries into .venv"
	@$(call install,requirements.lock)
	@touch $@

.venv/.stamp-dev: requirements-dev.lock .venv/.stamp-runtime
	@echo "Installing the tools for tests and checks into .venv"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Where they cannot be installed, go on: a test says itself what it misses, and in CI it fails.
.venv/.stamp-oracles: scripts/bootstrap .venv/.stamp-runtime
	@if scripts/bootstrap oracles; then touch $@; else echo "Going on without them."; fi

# Without Chromium the benchmark leaves it out and says so.
.venv/.stamp-bench: requirements-bench.lock scripts/bootstrap .venv/.stamp-runtime
	@scripts/bootstrap bench || echo "Going on without it."
	@echo "Installing what the benchmark compares with into .venv"
	@$(PIP) install --require-hashes --requirement requirements-bench.lock
	@touch $@
