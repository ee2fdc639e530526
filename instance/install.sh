#!/bin/sh
# Fetch what is missing and assemble: Debian packages, virtualenv, pinned versions, buildout.
# Usage: install.sh start|test     (test adds the browser)
set -eu
cd "$(dirname "$0")/.."

packages="git make python3 python3-venv tesseract-ocr tesseract-ocr-deu tesseract-ocr-eng tesseract-ocr-osd fonts-dejavu fonts-liberation fonts-breip fonts-dkg-handwriting fonts-kristi fonts-gnutypewriter"
[ "$1" = test ] && packages="$packages chromium poppler-utils"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" ||
        missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "These Debian packages are missing. Install them once, then start again:"
        echo "    sudo apt-get install --no-install-recommends$missing"
        exit 1
    fi
    echo "Fetching Debian packages:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

# The assembled state depends on these; when they are unchanged there is nothing to do.
state=$(cat buildout.cfg profiles/*.cfg pyproject.toml instance/install.sh | sha256sum | cut -d ' ' -f 1)
state="$state $(pwd) $(python3 --version)"
if [ ! -f parts/assembled ] || [ "$(cat parts/assembled)" != "$state" ]; then
    mkdir -p parts
    sed -n '/^\[versions\]/,$ s/ = /==/p' profiles/versions.cfg > parts/constraints.txt
    echo "Fetching the pinned versions (a few minutes, once)"
    python3 -m venv --clear .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check -c parts/constraints.txt \
        setuptools zc.buildout zc.recipe.egg plone.recipe.zope2instance
    .venv/bin/python -m pip install -q --disable-pip-version-check -c parts/constraints.txt \
        --no-build-isolation -e ".[test]" i18ndude import-linter ruff zpretty
    echo "Assembling"
    .venv/bin/buildout -q -N
    echo "$state" > parts/assembled
fi
.venv/bin/python instance/compile-texts.py
