# Two commands on a fresh machine: `make run` and `make test`. Both do all their set-up themselves.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --python $(BIN)/python --quiet --require-hashes
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
PO := $(shell find lms courses simulations certificates cms -name django.po -not -path '*/node_modules/*' 2>/dev/null)
export DJANGO_SETTINGS_MODULE ?= lms.settings.dev
# Compiled modules make every start two to three times as fast.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run stop test check format messages pins playtest screens bench-face bench-learning bench-exam bench-sim bench-credits clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# ---- set-up -----------------------------------------------------------------------------------
.venv/bin/uv: .ci/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r .ci/uv.txt

# uv is five times as fast; pip takes over where uv cannot reach the index that pip is set up for.
.venv/.runtime: requirements.txt | system-run .venv/bin/uv
	@$(UV) -r requirements.txt || $(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime | system-test
	@$(UV) -r requirements-dev.txt || $(PIP) -r requirements-dev.txt
	@touch $@

.PHONY: system-run system-test
system-run:
	@.ci/system-packages run
system-test:
	@.ci/system-packages test

.venv/.messages: $(PO) .venv/.runtime
	@$(BIN)/python -m lms.kernel.translations
	@touch $@

# ---- the two commands -------------------------------------------------------------------------
run: .venv/.runtime .venv/.messages ## Serve the platform with demo content on http://localhost:8000 [PORT=…]
	@JIQIAO_DEMO=$${JIQIAO_DEMO-1} PORT=$(PORT) exec $(BIN)/python -m lms.serve

stop: ## Stop what `make run` started
	@$(PYTHON) -m lms.serve --stop

test: .venv/.dev .venv/.messages build/independent/.installed ## Run the whole suite, then the parts that depend on the database on PostgreSQL
	@$(BIN)/python -m tests.servers
	@$(BIN)/pytest -n 2 --dist worksteal -q
	@$(BIN)/pytest -n 2 --dist worksteal -q -m db --postgres

check: .venv/.dev .venv/.messages ## Format, lint, types, contracts, templates, migrations, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet lms courses simulations certificates cms
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m tests.translations

# An independent implementation from npm verifies our credentials in the suite.
build/independent/.installed: tests/certificates/independent/package-lock.json
	@mkdir -p build/independent
	@cp tests/certificates/independent/package.json tests/certificates/independent/package-lock.json build/independent/
	@cd build/independent && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# ---- working on it ----------------------------------------------------------------------------
format: .venv/.dev ## Format code and mend what the linter can
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format --quiet .

messages: .venv/.dev ## Collect translatable sentences into every room's catalogue
	@$(BIN)/python -m tests.translations --collect

pins: .venv/.dev ## Compile pyproject.toml into pinned, hashed requirements
	@$(BIN)/uv pip compile pyproject.toml --generate-hashes --python-version 3.11 --python-platform linux -o requirements.txt -q --custom-compile-command "make pins"
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 --python-platform linux -c requirements.txt -o requirements-dev.txt -q --custom-compile-command "make pins"

playtest: .venv/.dev ## Play every scenario with every bot, hold the figures against the bars, write the reports [PLAYS=500]
	@PLAYS=$(or $(PLAYS),500) $(BIN)/python -m tests.benchmarks.playtest

screens: .venv/.dev .venv/.messages ## Take pictures of every screen into build/screens [ONLY=name]
	@$(BIN)/python -m tests.screens $(foreach name,$(ONLY),--only $(name))

bench-face: .venv/.dev .venv/.messages ## Measure a first visit of every public page on a slow line
	@$(BIN)/python -m tests.benchmarks.face

bench-learning: .venv/.dev .venv/.messages ## Measure desk, catalogue, lesson and lease at 1 and 40 times 500 people [N=40]
	@N=$(or $(N),40) $(BIN)/python -m tests.benchmarks.learning

bench-exam: .venv/.dev .venv/.messages ## Let a class sit an exam at once, and look for every acknowledged answer [N=1000 SECONDS=600]
	@N=$(or $(N),1000) SECONDS=$(or $(SECONDS),600) $(BIN)/python -m tests.benchmarks.exam

bench-sim: .venv/.dev .venv/.messages ## Time the deal engine, play ten thousand attempts twice, time its commands [N=10000]
	@N=$(or $(N),10000) $(BIN)/python -m tests.benchmarks.sim

bench-credits: .venv/.dev .venv/.messages ## Prove a credit ledger of a million lines, post with fifty hands at once [N=1000000]
	@N=$(or $(N),1000000) $(BIN)/python -m tests.benchmarks.credits

clean: ## Remove everything that is made, the demo database too
	@rm -rf .venv build var .mypy_cache .ruff_cache .import_linter_cache
