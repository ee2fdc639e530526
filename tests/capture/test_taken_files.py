"""What becomes of the files that were taken in."""

from eakte.capture.folders import MAILROOM
from eakte.capture.interfaces import IIntakeSettings
from eakte.clock import today
from plone import api

import transaction


def test_a_taken_file_is_kept_for_the_days_of_the_setting(intake):
    box = intake.root / MAILROOM / ".taken"
    for day in ("2020-01-31", "not-a-day", today().isoformat()):
        (box / day).mkdir(parents=True)
        (box / day / "old.pdf").write_bytes(b"%PDF-")
    intake.sweep()
    assert {each.name for each in box.iterdir()} == {
        "not-a-day",
        today().isoformat(),
    }


def test_with_zero_days_every_taken_file_is_kept(intake):
    api.portal.set_registry_record("keep_days", 0, interface=IIntakeSettings)
    transaction.commit()
    old = intake.root / MAILROOM / ".taken" / "2020-01-31"
    old.mkdir(parents=True)
    intake.sweep()
    assert old.is_dir()
