# Two commands do all: `make serve` and `make test`.
PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready

.PHONY: serve test check lint format lock clean

serve: $(READY)  ## build the site and serve it on 127.0.0.1:8000
	$(BIN)/docket serve

test: lint  ## everything that must hold
	$(BIN)/pytest

check: $(READY)  ## all rules on the submissions
	$(BIN)/docket check

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: $(READY)  ## the newest versions, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command 'make lock' \
	  --group dev pyproject.toml --output-file requirements.txt

clean:
	rm -rf .venv public

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
