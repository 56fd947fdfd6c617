# Everboard's make targets. `make` alone lists them.
# Every target prepares what it needs by itself: stamp files in .venv remember what was installed from
# which lock, so that a second run starts at once. POSIX sh and GNU make 4.3 are enough.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
# Another program, script or editor may have a virtual environment of its own open; ours is .venv.
unexport VIRTUAL_ENV PYTHONHOME

RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(if $(UPGRADE),--upgrade) pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install demo run test test-slow test-all chaos bench lint format lock audit

help: ## Show this list
	@echo "Everboard: make TARGET, where TARGET is one of"
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "ARGS=\"…\" is handed on to demo, run and the tests; PYTHON=… picks another Python (3.11 or newer)."

install: $(RUNTIME) ## Install what Everboard needs to run, into .venv
	@echo "Everboard is installed. Start the demo with 'make demo'; 'make run' connects it to Slack."

demo: $(RUNTIME) ## Try Everboard in a local, made-up Slack workspace; needs no account and no token
	@exec $(BIN)/everboard demo $(ARGS)

run: $(RUNTIME) ## Run the bot for a real Slack workspace (set the SLACK_… variables first)
	@exec $(BIN)/everboard serve $(ARGS)

test: lint ## Check style, types and imports, then run the quick tests
	@$(BIN)/python -m pytest -n auto -rs -m "not slow" $(ARGS)

test-slow: $(DEV) ## Run only the tests that take seconds: browser, benchmarks, packaging
	@$(BIN)/python -m pytest -n auto -rs -m slow $(ARGS)

test-all: test test-slow ## Run every check and every test

chaos: $(DEV) ## Kill, freeze and restart the bot for half an hour or more while people work (CHAOS_SEED=… repeats a run)
	@CHAOS=full $(BIN)/python -m pytest -s -rs tests/chaos tests/schedules/test_every_zone.py $(ARGS)

bench: $(DEV) ## Measure speed beside bare code, print a table, keep data/benchmarks.json (ARGS="posting" for one)
	@$(BIN)/python -m tests.benchmarks $(ARGS)

lint: $(DEV) ## Check style, types and imports without running a test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV) ## Put the code in the house's format, and mend what can be mended safely
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(DEV) ## Write both locks again from pyproject.toml (UPGRADE=1 takes newer versions)
	@$(COMPILE) --group build -o requirements.lock
	@$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	@echo "Both locks are written. The next target installs from them."

audit: $(DEV) ## Ask whether weaknesses are known in what Everboard depends on; says so where there is no network
	@.ci/audit $(BIN)/uv

# The venv, and what is in it.
# Every step asks the Python in .venv for its version, because a venv may be older than this checkout.

$(RUNTIME): requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	@$(check-venv)
	@echo "Installing Everboard's parts (about half a minute)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	@$(check-venv)
	@echo "Installing Everboard's parts and the tools to work on it (about a minute)…"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(RUNTIME) $@

$(VENV)/pyvenv.cfg:
	@$(find-python); \
	echo "Making a place for Everboard's parts in $(VENV), with $$("$$python" --version)…"; \
	"$$python" -m venv $(VENV)

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

define check-venv
$(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	echo "The Python in $(VENV) is gone or older than 3.11: remove $(VENV) (rm -rf $(VENV)) and run make again." >&2; \
	exit 1; }
endef

# Leaves the first Python that is new enough in $python. Each is really run: a shim may point nowhere.
define find-python
python=; \
for candidate in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	if "$$candidate" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
done; \
if [ -z "$$python" ]; then \
	version=$$($(or $(PYTHON),python3) --version 2>/dev/null || echo "not there"); \
	echo "Everboard needs Python 3.11 or newer; $(or $(PYTHON),python3) is $$version. Install one, or name it: make PYTHON=/path/to/python3.12" >&2; \
	exit 1; \
fi; \
if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python$$version-venv" >&2; \
	exit 1; \
fi
endef
