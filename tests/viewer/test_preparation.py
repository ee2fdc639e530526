"""documentviewer asks for names that have moved; they are there when it comes."""

from subprocess import run

import sys


def python(code):
    return run([sys.executable, "-c", code], capture_output=True, text=True)


def test_documentviewer_can_be_imported_once_somebody_came_through_the_door():
    came = python("import eakte.viewer, collective.documentviewer.events")

    assert came.returncode == 0, came.stderr


def test_the_moved_names_are_the_present_ones():
    same = python(
        "import eakte.viewer\n"
        "from zope.component import interfaces as former\n"
        "from zope.interface import interfaces as present\n"
        "assert former.IObjectEvent is present.IObjectEvent\n"
        "assert former.ObjectEvent is present.ObjectEvent\n"
    )

    assert same.returncode == 0, same.stderr


def test_programs_that_nobody_needs_are_not_reported_missing():
    quiet = python(
        "import logging, os\n"
        "logging.basicConfig()\n"
        "os.environ['PATH'] = ''\n"
        "import eakte.viewer, collective.documentviewer.convert\n"
    )

    assert quiet.returncode == 0, quiet.stderr
    assert "documentviewer" not in quiet.stderr


def test_other_reports_of_documentviewer_are_kept():
    kept = python(
        "import logging\n"
        "logging.basicConfig()\n"
        "import eakte.viewer\n"
        "logging.getLogger('collective.documentviewer').warning('Look here')\n"
    )

    assert "Look here" in kept.stderr
