"""A machine without its Debian packages: one line tells what to do."""

from pathlib import Path

import os
import pytest
import re
import shutil
import subprocess


ROOT = Path(__file__).parents[2]

FETCHERS = ("apt-get", "python3", "curl", "wget", "pip", "git")
"""Programs that fetch something; here they only leave a trace."""


@pytest.fixture
def house(tmp_path):
    """A copy of what the script works on; nothing is assembled there."""
    house = tmp_path / "house"
    shutil.copytree(ROOT / "instance", house / "instance")
    shutil.copytree(ROOT / "profiles", house / "profiles")
    for name in ("buildout.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, house)
    return house


@pytest.fixture
def install(house, tmp_path):
    """Returns ``install(purpose)``: what the script says to someone who is not root."""
    programs = tmp_path / "programs"
    programs.mkdir()

    def program(name, *lines):
        path = programs / name
        path.write_text("\n".join(("#!/bin/sh", *lines, "")))
        path.chmod(0o755)

    # The last argument is the package that is asked for.
    program(
        "dpkg-query",
        'for package in "$@"; do :; done',
        '[ "$package" = tesseract-ocr-deu ] && exit 1',
        'echo "install ok installed"',
    )
    program("id", "echo 1000")
    for name in FETCHERS:
        program(name, f'echo {name} "$@" >> "{tmp_path}/fetched"', "exit 1")

    def install(purpose):
        return subprocess.run(
            ["sh", "instance/install.sh", purpose],
            cwd=house,
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return install


@pytest.mark.parametrize("purpose", ["start", "test"])
def test_who_may_not_install_packages_reads_the_one_line_to_run(install, purpose):
    ended = install(purpose)
    assert ended.returncode != 0
    lines = [line.strip() for line in ended.stdout.splitlines() if "sudo" in line]
    assert len(lines) == 1
    # No server that comes along is started by that.
    wanted = r"sudo RUNLEVEL=1 apt-get install( --\S+)* tesseract-ocr-deu"
    assert re.fullmatch(wanted, lines[0])
    assert ended.stderr == ""


def test_nothing_is_fetched_or_assembled_before_the_packages_are_there(
    install, house, tmp_path
):
    before = sorted(house.rglob("*"))
    install("start")
    assert not (tmp_path / "fetched").exists()
    assert sorted(house.rglob("*")) == before
