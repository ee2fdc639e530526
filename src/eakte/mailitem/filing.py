"""A letter comes into its case file; from then on that decides who sees it."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from eakte import _
from eakte.casefile.content import ICaseFile
from eakte.casefile.states import State as CaseFileState
from eakte.errors import EakteError
from eakte.errors import NotAllowed
from eakte.mailitem.content import PERSONAL
from eakte.mailitem.states import Transition
from eakte.mailitem.steps import perform
from eakte.mailitem.steps import refuse_if_impossible
from OFS.event import ObjectWillBeMovedEvent
from plone import api
from plone.app.redirector.interfaces import IRedirectionStorage
from zope.component import getUtility
from zope.container.contained import notifyContainerModified
from zope.event import notify
from zope.lifecycleevent import ObjectMovedEvent


class CannotBeFiled(EakteError):
    """The letter cannot be filed there; it stays where it is."""

    status = 409


def file_into(mail_item, case_file):
    """File the letter in the case file and return it at its new place.

    :raises CannotBeFiled: the letter is personal, or the case file is closed.
    :raises NotAllowed: the user may not add to the case file.
    :raises WrongState: the letter is not in a team's box or at a desk.
    """
    refuse_unfilable(mail_item)
    if api.content.get_state(case_file) != CaseFileState.OPEN:
        raise CannotBeFiled(
            _(
                "The case file ${reference} is closed. Have it reopened first, "
                "or choose another.",
                mapping={"reference": case_file.reference},
            )
        )
    if not api.user.has_permission("eakte: Add to case file", obj=case_file):
        raise NotAllowed(_("You may not add anything to this case file."))
    filed = _moved(mail_item, case_file)
    perform(filed, Transition.FILE, case_file.reference)
    return filed


def refuse_unfilable(mail_item):
    """Raise unless the user may file the letter, wherever that is.

    :raises CannotBeFiled: the letter is personal.
    :raises NotAllowed: the user lacks the right.
    :raises WrongState: the letter is not in a team's box or at a desk.
    """
    refuse_if_impossible(mail_item, Transition.FILE)
    if mail_item.mail_class == PERSONAL:
        raise CannotBeFiled(
            _(
                "The letter is personal: in a case file the team and its deputies "
                "would read it. When the person has it, say that it is handed over; "
                "if it belongs to the matter, give it another class."
            )
        )


def refuse_personal_once_filed(mail_item, event):
    """Stop calling a letter personal that lies in a case file, where many read it."""
    # Forms name the field "mail_class", plone.restapi "IMailItem.mail_class".
    names = {n.rpartition(".")[2] for d in event.descriptions for n in d.attributes}
    if "mail_class" not in names or mail_item.mail_class != PERSONAL:
        return
    if ICaseFile.providedBy(aq_parent(aq_inner(mail_item))):
        raise CannotBeFiled(
            _(
                "The letter is filed: whoever sees the case file has seen it. It "
                "cannot become personal any more."
            )
        )


def case_file_named(wanted):
    """Return the case file with this UID or reference.

    :raises CannotBeFiled: there is none that the user may see.
    """
    brain = case_file_seen(wanted)
    if brain is not None:
        return brain.getObject()
    # Whether there is one that the user may not see is nobody's business.
    raise CannotBeFiled(
        _(
            "There is no case file “${wanted}” that you may see.",
            mapping={"wanted": wanted},
        )
    )


def case_file_seen(wanted):
    """Return the catalog's case file with this UID or reference, if the user sees it."""
    catalog = api.portal.get_tool("portal_catalog")
    for name in ("UID", "reference"):
        for brain in catalog(portal_type="case_file", **{name: wanted}):
            return brain
    return None


def refuse_outside_case_file(mail_item, event):
    """Filed means: lies in a case file. The step alone moves nothing."""
    if event.transition is None or event.transition.id != Transition.FILE:
        return
    if not ICaseFile.providedBy(aq_parent(aq_inner(mail_item))):
        raise CannotBeFiled(_("Name the case file that the letter belongs to."))


def forget_old_address(mail_item, event):
    """Leave no way from the old address to the new one.

    Plone would tell everybody who asks, without a look at their rights, in
    which case file the letter lies.
    """
    if event.oldParent is None or event.newParent is None:
        return
    storage = getUtility(IRedirectionStorage)
    old = "/".join((*event.oldParent.getPhysicalPath(), event.oldName))
    if storage.get(old):
        storage.remove(old)


def _moved(content, target):
    """Move the content by the rights that were checked before.

    Pasting would ask for the right to delete, which nobody has on a letter.
    """
    source = aq_parent(aq_inner(content))
    name = content.getId()
    notify(ObjectWillBeMovedEvent(content, source, name, target, name))
    source._delObject(name, suppress_events=True)
    base = aq_base(content)
    target._setObject(name, base, set_owner=0, suppress_events=True)
    moved = target._getOb(name)
    notify(ObjectMovedEvent(moved, source, name, target, name))
    notifyContainerModified(source)
    notifyContainerModified(target)
    moved._postCopy(target, op=1)
    return moved
