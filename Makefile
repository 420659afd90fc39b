# Everything a person or CI calls. `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= ../shared/data
CASES ?= 100000

# Debian packages. Rendering needs the first group; the tests also need real servers, a browser, PDF tools and LibreOffice.
# libharfbuzz-subset0: without it a Chinese PDF takes twenty times as long. Three font packages: no one has every character.
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-lxgw-wenkai fonts-babelstone-han
TEST_PACKAGES := postgresql chromium poppler-utils libreoffice-calc-nogui python3-uno openjdk-17-jre-headless

# $(call apt,packages): installs what is missing, does nothing (and needs no network) when all is there.
define apt
@missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
  echo "installing$$missing"; \
  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
  $$run apt-get update -qq && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
  || { echo "could not install$$missing: run this as root, or install them yourself, then try again" >&2; exit 1; }; \
fi
endef

.PHONY: help demo test check format real oracle bench docs gallery setup system system-test clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: setup  ## set up what is missing, then run month end of the demo company in ./demo
	@$(BIN)/jixiao demo

# In the order of the folders: the files that start real servers come early, small ones fill up at the end. (Sorted by their
# number of tests, as is the default, the slow files of few tests come last, and one worker waits for the other.)
test: setup system-test  ## all tests, real servers and browser included
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not real_data"

check: setup  ## format, lint, types, import direction, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy transforms
	$(BIN)/lint-imports
	$(BIN)/python -m flows.reference --check

format: setup  ## rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

real: setup system-test  ## the real data sets: make real DATA=../shared/data
	@test -d "$(DATA)" || { echo "no data at $(DATA): give the folder with make real DATA=…" >&2; exit 1; }
	JIXIAO_REAL_DATA="$(abspath $(DATA))" $(BIN)/python -m pytest tests/real -m real_data -s

oracle: setup  ## random months of S02 against the independent oracle: make oracle CASES=1000
	$(BIN)/python -m tests.oracles.compare $(CASES)

bench: setup  ## measure speed, each against a stated baseline in the same run
	$(BIN)/python -m benchmarks

gallery: setup system-test  ## pictures of every document, in three languages, into docs/gallery
	$(BIN)/python -m tests.gallery docs/gallery

docs: setup  ## write the generated reference pages again
	$(BIN)/python -m flows.reference

setup: system $(STAMP)

system:
	$(call apt,$(RUN_PACKAGES))

system-test:
	$(call apt,$(TEST_PACKAGES))

# --no-deps: the lock is complete, so nothing is resolved and nothing else can come in.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed: make demo PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory python-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing Python packages into $(VENV) (a minute or two, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m flows.runtime_template >/dev/null
	@touch $(STAMP)

.PHONY: python-venv
python-venv:
	$(call apt,python3-venv)

clean:  ## remove the demo and caches (never the lock or a company)
	rm -rf demo .pytest_cache .mypy_cache .ruff_cache .hypothesis build
