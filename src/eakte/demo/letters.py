"""The letters that the demo office has received, and its case files.

They are written in ``texts/*.yaml`` and are all invented: persons, offices,
firms and places. Days count back from the day the demo is made, so that the
boxes look alive whenever that is.
"""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from eakte import clock
from eakte.demo.days import RelativeDay
from eakte.demo.days import working_day
from eakte.demo.days import written
from eakte.demo.paperwork import Enclosure
from eakte.demo.paperwork import Sender
from eakte.demo.paperwork import Wording
from eakte.demo.paperwork import write_scan
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

import yaml


LONGEST_WAIT = 12
"""No letter of the demo has been in the house for longer, in days."""

SUFFIXES = {"pdf": "pdf", "cover": "pdf", "fax": "tif", "photo": "jpg"}


@dataclass(frozen=True)
class Person:
    """Somebody whom a letter or a case file is about."""

    family_name: str
    given_name: str
    birth: date
    nationality: str
    azr: str = ""
    """Number in the central register of foreigners: YYMMDD and six more digits."""
    aliases: tuple[str, ...] = ()

    @property
    def name(self):
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class DemoCaseFile:
    """A case file that the demo office keeps."""

    key: str
    unit: str
    """Unit of the filing plan, such as ``33.21``."""
    subject: str
    person: Person
    team: str
    desk: str
    opened_days_ago: int

    @property
    def aliases(self):
        return self.person.aliases


@dataclass(frozen=True)
class DemoLetter:
    """A letter, what the mailroom knows about it, and how far it has come."""

    id: str
    file_name: str
    sender: str
    subject: str
    date: date
    """The day written on the letter."""
    today: date
    """The day the demo is made."""
    days_ago_received: int
    """How long it has been in the house: 0 to ``LONGEST_WAIT`` days."""
    mail_class: str
    """normal, urgent, deadline, original or personal."""
    channel: str
    """post, fax or email: how it came to the house."""
    state: str
    team: str | None
    desk: str | None
    person: Person | None
    file_reference_key: str | None
    """Key of the ``DemoCaseFile`` it belongs to; None if it belongs to none."""
    pages: int
    same_as: str | None = None
    """Id of an earlier letter whose bytes this one repeats."""
    script: dict = field(default_factory=dict, compare=False, repr=False)
    """What ``texts`` says about it."""

    @property
    def received(self):
        """The day it reached the house."""
        return self.today - timedelta(days=self.days_ago_received)


def case_files():
    """Return every case file of the demo office."""
    return tuple(_case_files().values())


def letters(today=None):
    """Return every letter of the demo, in the order of its id.

    :param today: the day from which ages count back; the current day if None.
    """
    return tuple(_letter(id_, today or clock.today()) for id_ in sorted(_scripts()))


def write_letter(letter, folder, *, reference=None):
    """Write the scan of a letter, and return the path of its file.

    The same letter of the same day gives the same bytes.

    :param folder: where to write; the file is named ``letter.file_name``.
    :param reference: the reference of its case file on this site. A sender who
        would know it prints it as ``Ihr Zeichen``.
    :raises FontMissing: a font of the demo is not installed.
    """
    path = Path(folder) / letter.file_name
    if letter.same_as:
        original = _letter(letter.same_as, letter.today)
        return write_letter(
            replace(original, file_name=letter.file_name), folder, reference=reference
        )
    chance = Random(f"letter {letter.id}")  # noqa: S311 no secret
    sender = _senders()[letter.script["sender"]]
    script = _filled(letter.script, _places(letter))
    wording = _wording(letter, script, sender, reference, chance)
    enclosures = [_enclosure(entry) for entry in script.get("attachments", ())]
    write_scan(
        wording, enclosures, path, chance, received=letter.received, day=letter.date
    )
    return path


@cache
def _read(name):
    text = files("eakte.demo").joinpath("texts", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def _person(key):
    entry = _read("persons.yaml")[key]
    return Person(**{**entry, "aliases": tuple(entry.get("aliases", ()))})


@cache
def _case_files():
    return {
        key: DemoCaseFile(key=key, person=_person(key), **entry)
        for key, entry in _read("case_files.yaml").items()
    }


@cache
def _senders():
    labels = _read("office.yaml")["labels"]
    return {
        key: Sender(
            **{
                **entry,
                "labels": {**labels, **entry.get("labels", {})},
                "footer": tuple(entry.get("footer", ())),
            }
        )
        for key, entry in _read("senders.yaml").items()
    }


@cache
def _scripts():
    found = {}
    for entry in files("eakte.demo").joinpath("texts").iterdir():
        if entry.name.startswith("letters-"):
            found.update(_read(entry.name))
    return found


def _letter(id_, today):
    own = _scripts()[id_]
    if "same_as" in own:
        original = _letter(own["same_as"], today)
        script = {**original.script, **own}
    else:
        original, script = None, own
    age = script["age"]
    received = working_day(today - timedelta(days=age))
    if (today - received).days > LONGEST_WAIT:
        received = working_day(today - timedelta(days=age), forward=True)
    written_on = working_day(received - timedelta(days=script.get("on_the_way", 2)))
    sender = _senders()[script["sender"]]
    person = script.get("person", script.get("case_file"))
    letter = DemoLetter(
        id=id_,
        file_name=f"{id_}-{script['name']}.{SUFFIXES[script.get('form', 'pdf')]}",
        sender=sender.name or "ohne Absender",
        subject=script["subject"],
        date=original.date if original else written_on,
        today=today,
        days_ago_received=(today - received).days,
        mail_class=script.get("class", "normal"),
        channel=script.get("channel", "post"),
        state=script["state"],
        team=script.get("team"),
        desk=script.get("desk"),
        person=_person(person) if person else None,
        file_reference_key=script.get("case_file"),
        pages=script.get("pages", 1),
        same_as=script.get("same_as"),
        script=script,
    )
    return replace(letter, subject=_filled(letter.subject, _places(letter)))


def _places(letter):
    """Return what the places in a letter's text stand for."""
    places = {"day": RelativeDay(letter.date), "received": RelativeDay(letter.received)}
    if person := letter.person:
        places |= {
            "name": person.name,
            "family": person.family_name,
            "given": person.given_name,
            "birth": f"{person.birth:%d.%m.%Y}",
            "nationality": person.nationality,
            "azr": person.azr,
        }
    return places


def _filled(value, places):
    if isinstance(value, str):
        return value.format_map(places)
    if isinstance(value, list):
        return [_filled(part, places) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, places) for key, part in value.items()}
    return value


def _wording(letter, script, sender, reference, chance):
    style = script.get("date_style", sender.date_style)
    town = sender.town.partition(" ")[2]
    return Wording(
        sender=sender,
        to=tuple(script.get("to") or chance.choice(_read("office.yaml")["addresses"])),
        yours=reference if script.get("knows_reference") else None,
        ours=script.get("ours"),
        contact=script.get("contact"),
        date=written(letter.date, style, town),
        subject=script["subject"],
        about=tuple(script.get("about", ())),
        opening=script.get("opening", "Sehr geehrte Damen und Herren,"),
        body=script["body"],
        closing=script.get("closing", "Mit freundlichen Grüßen"),
        hand=script.get("hand"),
        signed=script.get("signed"),
        role=tuple(script.get("role", ())),
        sealed=script.get("sealed", False),
        enclosures=tuple(script.get("enclosures", ())),
        form=script.get("form", "pdf"),
        paper=script.get("paper"),
        stamped=script.get("stamped", False),
        note=script.get("note"),
        backs=script.get("backs", False),
        returned=script.get("returned", False),
    )


def _enclosure(entry):
    return Enclosure(**{**entry, "title": tuple(entry.get("title", ()))})
