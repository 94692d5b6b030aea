# Two commands do all: `make serve` and `make test`; `make test-fast` is for between.
PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready
# One worker more than cores: while Git, a browser or a server is waited for, another goes on.
PYTEST := $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder
TOOL   := PYTHONPATH=tests $(BIN)/python -m tools

# The tests begin hundreds of short processes: none of them is to compile the package anew.
export PYTHONDONTWRITEBYTECODE =

.PHONY: serve site test tests test-fast hostile check lint format crowd bench drill fuzz lighthouse zensical lock clean

serve: $(READY)  ## build the site and serve it on 127.0.0.1:8000
	$(BIN)/docket serve

site: $(READY)  ## build both languages into public/
	$(BIN)/docket build

test: $(READY)  ## everything that must hold
	$(MAKE) --no-print-directory -j2 lint tests

tests: $(READY)
	$(PYTEST)

test-fast: $(READY)  ## what holds without a browser, in five minutes on two cores
	$(PYTEST) -m 'not browser'

hostile: $(READY)  ## what asks Git, with all variables and settings against it, in two minutes
	$(TOOL).hostile

check: $(READY)  ## all rules on the submissions
	$(BIN)/docket check

TEMPLATES = $(wildcard tools/docket/site/pages/*.html tools/docket/site/pages/*.md)
lint: $(READY)  ## the form of code, script and templates
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/oxlint --deny-warnings
	$(BIN)/djlint --quiet site/theme $(TEMPLATES)

format: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/oxlint --fix

FOLDER ?= /tmp/crowd
crowd: $(READY)  ## a register full of life in FOLDER, all of it invented
	$(TOOL).crowd $(FOLDER)

bench: $(READY)  ## how fast, as ratios
	$(TOOL).bench
	$(TOOL).bench_pages
	$(TOOL).bench_desk
	$(TOOL).bench_answer

drill: $(READY)  ## what the desk withstands, in figures: load, kills, a full disk
	$(TOOL).drill

MINUTES ?= 2
fuzz: $(READY)  ## search for bytes that break the reader, for MINUTES
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/tools/fuzz.txt
	$(TOOL).fuzz -max_total_time=$$(( $(MINUTES) * 60 )) -max_len=4096 -timeout=5

lighthouse: site  ## the pages as a phone gets them: scores and kB; needs Node and Chromium
	$(TOOL).lighthouse

zensical: $(READY) .venv/zensical/ready  ## whether another builder builds every page as well
	$(TOOL).zensical

LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command 'make lock'
SAME = --constraints requirements-dev.txt
lock: $(READY)  ## the newest versions, with hashes
	$(LOCK) --group dev pyproject.toml --output-file requirements-dev.txt
	$(LOCK) $(SAME) --group install pyproject.toml --output-file requirements.txt
	$(LOCK) $(SAME) --group forge --output-file requirements-forge.txt
	$(LOCK) --group fuzz --output-file tests/tools/fuzz.txt
	$(LOCK) --group zensical --output-file tests/tools/zensical.txt

clean:
	rm -rf .venv public

# What people work with; what the command runs with; what answers and journals on a forge.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
$(READY): requirements-dev.txt pyproject.toml
.venv/run: requirements.txt pyproject.toml
$(READY) .venv/run:
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r $<
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Somebody waits for an answer: no second pip, and nothing compiled that runs once.
.venv/forge: requirements-forge.txt
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --no-compile \
	  --require-hashes -r $<
	@touch $@

.venv/zensical/ready: tests/tools/zensical.txt | $(READY)
	$(PYTHON) -m venv .venv/zensical
	.venv/zensical/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
