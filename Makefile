# Needs only make and a Python of 3.11 or newer; everything else goes into .venv.
#
#   make demo     install, read the demo articles, show the records
#   make test     install with all extras, run all tests
#   make check    linters, types, tests, rules: what must pass before a change goes in

SHELL  := /bin/sh
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := facts/demo
NEWS   := corpora/news
SHOWN  := 2
# The first of these that runs and is new enough; `make PYTHON=/path/to/python demo` names another.
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
            "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PARTS  := pyproject.toml extractor/__init__.py

.DEFAULT_GOAL := demo
.PHONY: demo test check lint types rules schema model bench clean

demo: $(VENV)/.installed
	@$(BIN)/extractor run --quiet --format table $$(ls $(NEWS)/*.txt | head -n $(SHOWN))
	@$(BIN)/extractor run $(NEWS)/*.txt -o $(DEMO)
	@echo "Above are the records of the first $(SHOWN) files of $(NEWS)/; those of all are in $(DEMO)/:"
	@ls -l $(DEMO)
	@echo "Your own articles: $(BIN)/extractor run FOLDER -o facts"

test: $(VENV)/.developer
	$(BIN)/python -m pytest -n auto

check: lint types test rules

lint: $(VENV)/.developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developer
	$(BIN)/mypy

rules: $(VENV)/.developer
	$(BIN)/extractor rules check

# The weights of the tagger, trained anew: make model UNER=FOLDER, with the files of Universal NER in FOLDER.
WEIGHTS   := extractor/models/weights
GENERATED := build/generated.jsonl
LEARNED   := $(patsubst %,corpora/%/gold.jsonl,programs news reports sentences fresh-places) $(GENERATED)
model: $(VENV)/.developer
	@[ -n "$(UNER)" ] || { echo "Name the folder with the files of Universal NER: make model UNER=../uner" >&2; exit 1; }
	@mkdir -p build
	$(BIN)/python corpora/generator/generate.py --count 4000 --seed 1 --rules rules -o $(GENERATED)
	for mode in fast accurate; do \
	  $(BIN)/extractor model train $(LEARNED) $(UNER)/*gsdsimp*train.iob2 --mode $$mode -o $(WEIGHTS) \
	    --test corpora/unseen-programs/gold.jsonl --test $(UNER)/*gsdsimp*test.iob2 --test $(UNER)/*pud*test.iob2 || exit 1; \
	done

# The exported contract, written anew after a change of the models.
schema: $(VENV)/.developer
	$(BIN)/extractor schema > extractor/records.schema.json.new
	mv extractor/records.schema.json.new extractor/records.schema.json

bench: $(VENV)/.developer
	@for script in benchmarks/*.py; do [ -e "$$script" ] || continue; echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find extractor tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer, and $(or $(PYTHON),no python3 here) is not. Install one (Debian and Ubuntu:" >&2; \
	  echo "apt install python3 python3-venv; macOS: brew install python; else python.org) or name one:" >&2; \
	  echo "make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment. Debian and Ubuntu keep that apart: apt install python3-venv" >&2; exit 1; }

$(VENV)/.installed: $(VENV)/bin/python $(PARTS)
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.developer: $(VENV)/bin/python $(PARTS)
	@echo "Installing with all extras and the developer's tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all,dev]'
	@touch $@ $(VENV)/.installed
