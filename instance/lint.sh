#!/bin/sh
# The contracts of the house: style, layout of XML, who imports whom, untranslated texts.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff check src tests benchmarks instance
.venv/bin/ruff format --check src tests benchmarks instance
find src -name '*.zcml' -o -name '*.pt' -o -name '*.xml' | xargs .venv/bin/zpretty --check
.venv/bin/lint-imports
.venv/bin/python tests/translations.py
