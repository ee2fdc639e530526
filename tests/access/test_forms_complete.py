"""Every page that changes something is sent its forms, or it is said why not.

A new one without a cell fails here: name its form in ``formdeeds``, or send it in a test
of ``test_forms_site``.
"""

from .formdeeds import FORMS
from .test_cells_deeds_complete import KINDS
from .test_cells_deeds_complete import kinds_with
from .test_cells_deeds_many import VERBS
from .test_forms_site import SENT
from .test_house import address_of
from .test_house import views
from eakte.desk.deadlines import DEEDS as OF_TERMS
from eakte.desk.manyforms import FORMS as WITH_MANY
from eakte.desk.screen import Screen
from eakte.desk.steps import DOCUMENT_STEPS
from eakte.desk.steps import MAIL_STEPS
from pathlib import Path
from plone.z3cform.layout import FormWrapper

import eakte.desk
import inspect
import pytest
import re


SAYS_THAT_IT_CHANGES = re.compile(
    r'CheckAuthenticator|"POST"|IDisableCSRFProtection|safeWrite|alsoProvides'
)
"""What stands in a page that takes forms or writes: Plone stops all others from it."""

SENT_ELSEWHERE = {
    # One's own login, and no letter: tests/login/test_session.py, test_openid.py.
    "session-stay",
    "openid-login",
    "openid-return",
    "logout",
    "login",
}


def changes_something(factory, room="eakte."):
    """Whether the page takes forms, or says that it writes.

    :param room: how the names of our modules begin.
    """
    if issubclass(factory, FormWrapper):
        return True
    if issubclass(factory, Screen) and factory.answer is not Screen.answer:
        return True
    ours = (
        each
        for each in factory.__mro__
        if each.__module__.startswith(room) and each is not Screen
    )
    return any(SAYS_THAT_IT_CHANGES.search(_source(each)) for each in ours)


def _source(cls):
    try:
        return inspect.getsource(cls)
    except (OSError, TypeError):
        # Made by the ZCML of a page; what is written of it is in its bases.
        return ""


def pages():
    """Yield name and interface of every page that changes something."""
    for each, factory in views():
        # A service is named by its method, too.
        is_page = isinstance(factory, type) and "_application_json_" not in each.name
        if is_page and changes_something(factory):
            yield each.name, each.required[0], address_of(each)[1]


def missing():
    screens = {kind: {each.screen for each in FORMS[kind]} for kind in KINDS}
    for name, interface, title in pages():
        kinds = kinds_with(interface)
        if not kinds and name not in SENT and name not in SENT_ELSEWHERE:
            yield f"{name} of {title}"
        for kind in kinds:
            if name not in screens[kind] and name not in SENT_ELSEWHERE:
                yield f"{name} of {kind}"


def test_every_page_that_changes_something_is_sent_its_forms(portal):
    assert len(list(pages())) > 20
    assert sorted(missing()) == []


class ANewForm(Screen):
    """A screen that takes a form."""

    def answer(self, form):
        return "done"


class ANewScript(Screen):
    """A page that answers a script."""

    def __call__(self):
        return "done" if self.request.method == "POST" else ""


class ANewSight(Screen):
    """A screen that only shows something."""


@pytest.mark.parametrize(
    ("page", "changes"), [(ANewForm, True), (ANewScript, True), (ANewSight, False)]
)
def test_a_new_page_that_changes_something_is_found(page, changes):
    assert changes_something(page, room=__name__) == changes


BUTTON = re.compile(r"<(?:button|input)\b[^>]*\bname=\"do\"[^>]*>", re.S)
VALUE = re.compile(r"\bvalue=\"([^\"$]*)\"")


def test_every_button_of_the_desk_is_pressed():
    folder = Path(eakte.desk.__file__).parent / "templates"
    text = "".join(each.read_text("utf-8") for each in sorted(folder.glob("*.pt")))
    buttons = {value for tag in BUTTON.findall(text) for value in VALUE.findall(tag)}
    assert len(buttons) > 20
    pressed = {each.name for forms in FORMS.values() for each in forms}
    pressed |= {button for names in SENT.values() for button in names}
    assert buttons <= pressed, buttons - pressed


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("mail_item", [each.id for each in MAIL_STEPS]),
        ("case_document", [each.id for each in DOCUMENT_STEPS]),
        *((kind, list(OF_TERMS)) for kind in KINDS),
    ],
)
def test_every_button_that_is_made_of_a_list_is_pressed(kind, steps):
    assert {str(each) for each in steps} <= {each.name for each in FORMS[kind]}


def test_every_form_for_many_letters_has_a_verb_that_is_tried():
    assert {each.verb for each in WITH_MANY} <= set(VERBS)
