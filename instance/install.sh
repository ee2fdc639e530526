#!/bin/sh
# Fetch what is missing and assemble: Debian packages, virtualenv, pinned versions, buildout.
# Usage: install.sh start|test|bench     (test adds the browser and a directory, LDAP; bench adds the programs of the peer)
set -eu
cd "$(dirname "$0")/.."

packages="git make python3 python3-venv tesseract-ocr tesseract-ocr-deu tesseract-ocr-eng tesseract-ocr-osd fonts-dejavu fonts-liberation fonts-breip fonts-dkg-handwriting fonts-kristi fonts-gnutypewriter"
[ "$1" != start ] && packages="$packages chromium-headless-shell poppler-utils gcc python3-dev libldap-dev libsasl2-dev slapd"
[ "$1" = bench ] && packages="$packages ghostscript graphicsmagick qpdf"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" ||
        missing="$missing $package"
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "These Debian packages are missing. Install them once, then start again:"
        echo "    sudo RUNLEVEL=1 apt-get install --no-install-recommends$missing"
        exit 1
    fi
    echo "Fetching Debian packages:$missing"
    apt-get update -qq
    # RUNLEVEL=1: tests start the servers that they need; nothing else shall run.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
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
# python-ldap has no wheel: it is built here, and only where it is tried out.
if [ "$1" != start ] && ! .venv/bin/python -c "import ldap" 2>/dev/null; then
    .venv/bin/python -m pip install -q --disable-pip-version-check -c parts/constraints.txt \
        --no-build-isolation -e ".[ldap]"
fi
.venv/bin/python instance/compile-texts.py
