"""What is done with many letters as buttons and forms: what they say and ask."""

from dataclasses import dataclass
from eakte import _
from eakte.desk.placing import case_file_meant
from eakte.mailitem.setting_aside import STEPS
from eakte.mailitem.states import TITLES
from eakte.mailitem.states import Transition
from eakte.org.membership import desks_of
from plone import api
from plone.uuid.interfaces import IUUID
from typing import Any


@dataclass(frozen=True)
class ManyForm:
    """A button below a box, and the form that it leads to."""

    verb: str
    """Name of the ``IManyVerb``."""
    title: Any
    meaning: Any
    """What happens then."""
    screens: tuple
    """Names of the boxes that offer it."""
    asks: tuple = ()
    """Of ``own-desk``, ``desk``, ``target``, ``case-file``, ``to``, ``day``, ``whom``
    and ``reason``."""
    needs: tuple = ()
    """Those of them without which there is no preview."""


MAILROOM, TEAM, DESK = "mailroom", "team-box", "my-desk"

FORMS = (
    ManyForm(
        "check",
        TITLES[Transition.CHECK],
        _("The scans are complete as far as you can see; they are checked next."),
        (MAILROOM,),
    ),
    ManyForm(
        "release",
        TITLES[Transition.RELEASE],
        _("Every page of every letter is there and can be read."),
        (MAILROOM,),
        asks=("target",),
    ),
    ManyForm(
        "accept",
        TITLES[Transition.ACCEPT],
        _("The letters come to your desk."),
        (TEAM,),
        asks=("own-desk",),
    ),
    ManyForm(
        "file",
        TITLES[Transition.FILE],
        _("All the letters come into one case file. This cannot be undone here."),
        (DESK, TEAM),
        asks=("case-file",),
        needs=("text",),
    ),
    ManyForm(
        "assign",
        _("Assign"),
        _("The letters are meant for one desk then; who works there takes them."),
        (TEAM, DESK),
        asks=("desk", "reason"),
        needs=("desk",),
    ),
    ManyForm(
        "route",
        TITLES[Transition.ROUTE],
        _("The letters go to the team's box. The date of receipt stays."),
        (MAILROOM, TEAM, DESK),
        asks=("target", "reason"),
        needs=("target",),
    ),
    ManyForm(
        "resubmit",
        _("Resubmit"),
        _("The letters are shown again on that day."),
        (TEAM, DESK),
        asks=("day", "whom", "reason"),
        needs=("day", "reason"),
    ),
    ManyForm(
        "settle",
        TITLES[Transition.SETTLE],
        _("Nothing is left to do about the letters; they stay in their case files."),
        (DESK,),
    ),
    ManyForm(
        "set-aside",
        _("Set aside"),
        _("The letters leave the road, all for the same reason."),
        (MAILROOM, TEAM, DESK),
        asks=("to", "reason"),
        needs=("to", "reason"),
    ),
)

SIDES = tuple((str(state), TITLES[step]) for state, step in STEPS.items())
"""Where letters can be set aside to."""


def form_of(verb):
    """Return the ``ManyForm`` of the verb, or None."""
    return next((each for each in FORMS if each.verb == verb), None)


def forms_on(screen):
    """Return the forms that the box offers to the user."""
    forms = [each for each in FORMS if screen in each.screens]
    if not desks_of():
        forms = [each for each in forms if each.verb != "accept"]
    return tuple(forms)


def asks_something(form):
    """Whether the form asks the user something before there is a preview."""
    if "own-desk" in form.asks:
        return len(desks_of()) > 1
    return bool(form.asks)


def is_complete(form, typed):
    """Whether everything that the form needs was typed."""
    return all(
        (typed.get(name) or "").strip() or (name == "text" and typed.get("case_file"))
        for name in form.needs
    )


def said_in(form, typed):
    """Return what was typed as the texts that the verb needs, by name.

    :raises EakteError: the case file that is meant is not clear.
    """
    said = {}
    for name in form.asks:
        said |= READERS[name](typed)
    return {name: text for name, text in said.items() if text}


def _target(typed):
    team, _colon, desk = (typed.get("target") or "").partition(":")
    return {"team": team, "desk": desk}


def _text(name):
    return lambda typed: {name: (typed.get(name) or "").strip()}


def _whom(typed):
    user = api.user.get_current().getId()
    return {"person": user if typed.get("whom") == "me" else ""}


def _case_file(typed):
    return {"case_file": IUUID(case_file_meant(typed))}


READERS = {
    "own-desk": _text("desk"),
    "desk": _text("desk"),
    "target": _target,
    "reason": _text("reason"),
    "case-file": _case_file,
    "to": _text("to"),
    "day": _text("day"),
    "whom": _whom,
}
"""How each field is read."""
