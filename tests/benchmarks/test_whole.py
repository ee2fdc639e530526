"""The bench at its smallest, so that it works on the day it is needed."""

from benchmarks import memory
from benchmarks import opening
from benchmarks import page_image
from benchmarks import quality
from benchmarks import recognition
from benchmarks import until_readable
from benchmarks.figures import NotMeasured

import re


def test_the_whole_path_of_recognition_is_measured(on_disk, folder):
    whole, engine, errors = recognition.figures(on_disk, folder, pages=1, rounds=1)

    assert whole.ratio > 0
    assert engine.ratio > 0
    # Of what is printed both sides read nearly all.
    rates = re.findall(r"([\d.]+)%", errors.made_of)
    assert [float(rate) < 5 for rate in rates] == [True, True], errors


def test_the_way_into_the_viewer_is_measured(on_disk, application, folder):
    cpu, stored, *_ = until_readable.figures(
        on_disk, folder, application, pages=1, rounds=1
    )

    assert 1 < stored.ratio < 2
    assert isinstance(cpu, NotMeasured) or 0 < cpu.ratio < 1


def test_a_peer_that_is_not_installed_is_named_by_its_packages(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    missing = until_readable.missing_packages()

    assert missing == ["ghostscript", "graphicsmagick", "poppler-utils", "qpdf"]


def test_the_page_image_is_measured(served, folder):
    office, application = served

    found = page_image.figures(office, folder, application, pages=1, rounds=1)

    assert [figure.ratio > 0 for figure in found] == [True] * 4


def test_opening_a_long_file_is_measured(served, folder):
    office, application = served

    [figure] = opening.figures(office, folder, application, long=20, short=10, rounds=1)

    assert figure.ratio > 0


def test_the_memory_is_measured_in_processes_of_their_own(on_disk, folder):
    [figure] = memory.figures(on_disk, folder, long=2, short=1, rounds=1)

    assert 0.5 < figure.ratio < 2


def test_real_pages_are_read_at_least_as_well_as_by_bare_tesseract(material):
    for figure in quality.figures():
        assert figure.verdict.startswith("holds"), figure
