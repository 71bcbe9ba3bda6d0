# Everything runs from here: `make help` lists it. Needs make, Python 3.11 or newer and pip.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/uv-$(UV_VERSION)/bin/uv
SET_UP := .venv/.set-up
CODE := bot tests
APT := apt-get install -y make python3 python3-pip

# uv trusts what the system trusts, and takes the Python that is there.
export UV_SYSTEM_CERTS ?= 1
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# Compiled once here, not at every start: the daemon starts in a third of the time.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

.PHONY: help setup demo chat run test collected container-test soak pictures lint format clean
.DELETE_ON_ERROR:

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /  make \1	/p' Makefile

setup: $(SET_UP)  ## the environment in .venv; does nothing when nothing changed

demo: setup  ## the bot at work: recorded news, its alerts as text; no token, no network
	@.venv/bin/ausguck demo --once
	@echo "To write with it in a browser: make chat"

chat: setup  ## the same with a chat page to write to the bot; Ctrl-C ends it
	@.venv/bin/ausguck demo

run: setup  ## the daemon, with ./config.toml
	@.venv/bin/ausguck run

test: setup  ## the static checks, then all tests
	$(MAKE) --no-print-directory -j 2 lint collected
	.venv/bin/pytest -n 4 --dist worksteal

# Once for all: each of several processes would compile every test file itself. What is wrong with
# one is told by the tests themselves.
collected: setup
	@.venv/bin/pytest --collect-only -qq > /dev/null || true

container-test: setup  ## builds the image and tries it locked down; as root on Debian, else install podman
	.venv/bin/python -m tests.container.run

soak: setup  ## ten minutes of damaged feeds and pages, 200 kills, faults, and a day of 20,000 articles
	.venv/bin/python -m tests.soak.run
	.venv/bin/python -m tests.soak.kills
	.venv/bin/python -m tests.soak.faults
	.venv/bin/python -m tests.soak.day

pictures: setup  ## those of docs/pictures anew, in Chromium; look at them before you commit them
	@command -v chromium >/dev/null || apt-get install -y chromium fonts-noto-color-emoji
	@command -v pdftoppm >/dev/null || apt-get install -y poppler-utils
	.venv/bin/python -m tests.pictures

lint: setup  ## style, types and import rules
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

format: setup  ## bring the code into its form
	.venv/bin/ruff check --fix $(CODE)
	.venv/bin/ruff format $(CODE)

clean:  ## remove what set-up and tests have made
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .soak

# uv makes the environment, also where Debian's python3-venv is missing.
$(SET_UP): pyproject.toml uv.lock | $(UV)
	@echo "Setting up .venv ..."
	@$(UV) sync --locked --quiet --python "$(PYTHON)"
	@touch $@

# `--target` leaves the system's own packages alone (PEP 668).
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is missing: $(APT)   (or name yours: make PYTHON=/path/to/python3)" >&2; exit 2; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { \
	  echo "pip is missing: $(APT)" >&2; exit 2; }
	@rm -rf .tools/part .tools/uv-*
	@PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install \
	  --quiet --disable-pip-version-check --target .tools/part uv==$(UV_VERSION)
	@mv .tools/part .tools/uv-$(UV_VERSION)
