"""Protected case files and persons who are barred, for other systems."""

from eakte import _
from eakte.access.barring import bar
from eakte.access.barring import may_bar
from eakte.access.protecting import lift
from eakte.access.protecting import may_protect
from eakte.access.protecting import protect
from eakte.access.protecting import protected_case_file
from eakte.errors import NotAllowed
from eakte.org.places import name_of
from eakte.rest.body import text
from eakte.rest.body import text_of_query
from eakte.rest.body import texts
from eakte.rest.body import values_of_body
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from zope.interface import alsoProvides


class ProtectionGet(Service):
    """Whether the case file is protected, how, and who is in its circle."""

    def reply(self):
        address = f"{self.context.absolute_url()}/@protection"
        return protection_as_json(self.context, address)


class ProtectionPut(Service):
    """Protect the case file: ``protection``, ``circle`` (ids) and ``reason``.

    ``"protection": null`` lifts it. Answers with what holds from now on, also to a head
    of the department who does not see the case file any more.
    """

    def reply(self):
        said = _said(
            self.request, texts_named=("protection", "reason"), people="circle"
        )
        address = f"{self.context.absolute_url()}/@protection"
        set_protection(self.context, said)
        return protection_as_json(self.context, address)


class ProtectedGet(Service):
    """The circle of a protected case file for the head: ``reference``, the exact one.

    Nothing of what the case file says. Answers 404 when there is none, and to others.
    """

    def reply(self):
        case_file = protected_case_file(text_of_query(self.request, "reference", ""))
        return _for_head(self.context, case_file)


class ProtectedPut(Service):
    """Change the circle or lift the protection: ``reference``, and as in the other."""

    def reply(self):
        names = ("reference", "protection", "reason")
        said = _said(self.request, texts_named=names, people="circle")
        case_file = protected_case_file(said["reference"])
        set_protection(case_file, said)
        return _for_head(self.context, case_file)


class BarredGet(Service):
    """Who is barred from the case file; for those who decide about it."""

    def reply(self):
        if not may_bar(self.context):
            raise NotAllowed(
                _("The lead of the team and the head of the department see that.")
            )
        return barred_as_json(self.context)


class BarredPut(Service):
    """Bar exactly these persons: ``people`` (ids, none to lift it) and ``reason``."""

    def reply(self):
        said = _said(self.request, texts_named=("reason",), people="people")
        bar(self.context, said["people"], said["reason"])
        return barred_as_json(self.context)


def set_protection(case_file, said):
    """Protect the case file as is said, or lift the protection."""
    if said["protection"]:
        protect(case_file, said["protection"], said["circle"], said["reason"])
    else:
        lift(case_file, said["reason"])


def protection_as_json(case_file, address):
    """Return the protection as other systems read it."""
    return {
        "@id": address,
        "protection": case_file.protection,
        "circle": [_person(person) for person in case_file.circle],
        "may_change": may_protect(case_file),
    }


def barred_as_json(case_file):
    """Return those who are barred as other systems read it."""
    return {
        "@id": f"{case_file.absolute_url()}/@barred",
        "items": [_person(person) for person in case_file.barred],
        "items_total": len(case_file.barred),
    }


def _for_head(site, case_file):
    address = f"{site.absolute_url()}/@protection?reference={case_file.reference}"
    return protection_as_json(case_file, address) | {"reference": case_file.reference}


def _said(request, *, texts_named, people):
    """Return what the body says; every mistake is named.

    :param texts_named: names of texts, which must stand there; null is the empty text.
    :param people: name of the list of persons; null is the empty list.
    """
    # As with every service, see ``eakte.rest.verbs.Verb``.
    alsoProvides(request, IDisableCSRFProtection)
    known = dict.fromkeys(texts_named, text) | {people: texts}
    said = values_of_body(request, {}, known, present=texts_named)
    return dict.fromkeys(texts_named, "") | {people: []} | said


def _person(person):
    return {"id": person, "name": name_of(person)}
