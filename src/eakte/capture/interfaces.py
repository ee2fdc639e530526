"""What others may ask of the intake.

Verbs of the room: ``intake.take_in`` (file → mail item), ``rescanning.replace_scan``
(a better scan takes the place of the first), ``duplicates.first_with`` (SHA-256 → the
mail item that brought these bytes first).
"""

from eakte import _
from enum import StrEnum
from zope import schema
from zope.interface import Interface


class Door(StrEnum):
    """The way on which a file came into the house."""

    FOLDER = "folder"
    """The watched folder: what the scanner drops."""

    UPLOAD = "upload"
    """A person with a browser."""

    REST = "rest"
    """Another system."""


class IIntakeSettings(Interface):
    """How the watched folder is looked after."""

    poll_seconds = schema.Float(
        title=_("Seconds between two looks"),
        description=_("How often the watched folder is looked through."),
        min=0.1,
        default=2.0,
    )

    settle_seconds = schema.Float(
        title=_("Seconds of rest"),
        description=_(
            "A file is taken in when it has not changed for so long. Raise it when "
            "a scanner pauses longer between two pages."
        ),
        min=0.0,
        default=5.0,
    )

    settle_empty_seconds = schema.Float(
        title=_("Seconds of rest of an empty file"),
        description=_(
            "Some scanners make the file first and write when all pages are through. "
            "After so long an empty file counts as a failed scan."
        ),
        min=0.0,
        default=60.0,
    )

    keep_days = schema.Int(
        title=_("Days for which taken files are kept"),
        description=_(
            "A file that became a letter stays in the folder “.taken” for so long: "
            "until a backup holds the letter. 0 keeps it for ever."
        ),
        min=0,
        default=30,
    )
