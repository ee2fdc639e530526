#!/bin/sh
# All tests, two at a time. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
