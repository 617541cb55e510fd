# Two commands are enough: `make run` and `make test`. `make` alone lists the others.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; PYTHON=… names one.
PY := $(shell for p in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV := .venv/bin

.PHONY: help run test check prove bench openapi messages app clean python ready ready-dev

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

run: ready ## Run the site: PORT, HOST, MADANG_DATA, DATABASE_URL, REDIS_URL are honoured
	@exec $(VENV)/python manage.py up $(ARGS)

test: ready-dev ## Run every test, the browser's too
	@exec $(VENV)/pytest -n auto $(ARGS)

check: ready-dev ## Lint, types, contracts; then the tests, the API document among them
	@$(VENV)/ruff format --check .
	@$(VENV)/ruff check .
	@find templates community commerce recommendations -name '*.html' -print0 | xargs -0 -r $(VENV)/djade --check --target-version 5.2
	@$(VENV)/djlint --quiet --lint templates
	@$(VENV)/lint-imports
	@SITE_URL=https://madang.example $(VENV)/python manage.py check --deploy --fail-level WARNING
	@$(VENV)/python manage.py makemigrations --check --dry-run
	@$(VENV)/mypy
	@$(MAKE) test

prove: ready-dev ## The slow proofs: chaos, stripped guards, races many times over
	@exec $(VENV)/pytest -n auto -m prove --run-prove -p no:randomly $(ARGS)

bench: ready-dev ## Print the figures: PART=courtyard or market
	@exec $(VENV)/python -m benchmarks $(or $(PART),courtyard) $(ARGS)

messages: ready-dev ## Extract the words to translate
	@exec $(VENV)/python manage.py messages $(ARGS)

openapi: ready-dev ## Write docs/openapi.yaml from the code
	@exec $(VENV)/python manage.py openapi $(ARGS)

app: ready-dev ## Scaffold an app: NAME=community.x
	@exec $(VENV)/python manage.py app $(NAME)

clean: ## Remove the environment and the data of this folder
	@rm -rf .venv .madang .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

python:
	@[ -n "$(PY)" ] || { echo "Madang needs Python 3.11 or newer with venv: install it, or name one, PYTHON=/path/to/python3.11 make run." >&2; exit 2; }

ready: python
	@$(PY) config/bootstrap.py

ready-dev: python
	@$(PY) config/bootstrap.py --dev
