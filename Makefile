# Two commands matter: `make run` starts the workbench, `make test` checks everything.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
WORKERS ?= 2

.PHONY: run test install system system-test lint unit browser bench fuzz clean

run: install system
	$(BIN)/rasoat serve

test: install system-test lint unit browser

install: $(STAMP)

# A Debian Python may come without ensurepip; python3-venv brings it.
$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "RS-801: Cần Python 3.11 trở lên ($$($(PYTHON) --version)). Cài python3 mới hơn hoặc chạy make PYTHON=python3.12."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { rm -rf $(VENV); sh .ci/system-packages python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $(STAMP)

# LibreOffice opens .doc and .rtf; without it the workbench runs and says what is missing. The fonts
# stand for Times New Roman, Vietnamese marks and all, where it prints or converts.
system:
	@sh .ci/system-packages libreoffice-writer || true
	@sh .ci/system-packages fonts-liberation2 || true

system-test:
	@sh .ci/system-packages libreoffice-writer libreoffice-calc chromium poppler-utils tesseract-ocr tesseract-ocr-vie postgresql
	@sh .ci/system-packages fonts-liberation2 || true

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

unit:
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup -m "not browser"

browser:
	$(BIN)/python -m pytest -q -m browser tests/browser

# Both read ../shared/corpus; no part of `make test`.
bench:
	$(BIN)/python -m tests.benchmarks.growth
	$(BIN)/python -m tests.benchmarks.speed --whole

fuzz:
	$(BIN)/python -m tests.corpus.mutation 10000
	$(BIN)/python -m tests.corpus.damage 10000

clean:
	rm -rf $(VENV) build *.egg-info
