# A fresh machine needs python3 (3.11 or newer) and make; the rest is set up here, in .venv, from the lock files.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check screens bench load train docs lock image clean

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $(BIN)/python -m pip install --quiet --no-compile
# Compiled by all cores, and here rather than by the first start: that one has to be quick, too.
COMPILE := $(BIN)/python -m compileall -q -j 0 -x '/site-packages/(pip|setuptools)/' $(VENV)/lib bot handlers config
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet
DOCKER ?= docker
ARGS ?=

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMPS)/runtime ## start bot and local workspace with sample data (ARGS="--port 8030 --control")
	@$(BIN)/fencun demo $(ARGS)

test: $(STAMPS)/dev ## run all tests, the browser ones included (ARGS="-k reading")
	@sh .ci/browser
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(STAMPS)/dev ## ruff, mypy strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

screens: $(STAMPS)/dev ## take the screenshots in docs/screens anew
	@sh .ci/browser
	@FENCUN_SCREENS=docs/screens $(BIN)/pytest tests/e2e

bench: $(STAMPS)/dev ## run the benchmarks
	@$(BIN)/python -m tests.bench $(ARGS)

load: $(STAMPS)/dev ## the load run, minutes long (ARGS="--seconds 60 --rate 50 --store sqlite")
	@$(BIN)/python -m tests.load $(ARGS)

train: $(STAMPS)/dev ## learn the weights of reading anew (needs numpy and scipy, see docs/reading.md)
	@$(BIN)/python -m tests.training.train_reading $(ARGS)

docs: $(STAMPS)/dev ## write the generated parts of the documents anew
	@$(BIN)/python -m config.reference README.md README.zh-TW.md
	@$(BIN)/python -m tests.rules_table docs/rules.md

lock: ## renew the lock files (maintainers; needs uv; ARGS=--upgrade for newer versions)
	@PATH="$(CURDIR)/$(BIN):$$PATH"; $(LOCK) --group build -o requirements.lock $(ARGS)
	@PATH="$(CURDIR)/$(BIN):$$PATH"; $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock $(ARGS)

image: ## build the container image
	@$(DOCKER) build -t fencun .

clean: ## remove everything that can be made again, .venv and var included
	rm -rf $(VENV) var build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/venv:
	@sh .ci/venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

# The package itself is installed in place, without network: its build tools are in the locks.
$(STAMPS)/runtime: $(STAMPS)/venv requirements.lock pyproject.toml
	@echo "installing what the bot needs (about 20 seconds, once) …"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@

$(STAMPS)/dev: $(STAMPS)/venv requirements-dev.lock pyproject.toml
	@echo "installing what the bot and its tests need (about a minute, once) …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@ $(STAMPS)/runtime
