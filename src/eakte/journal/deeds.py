"""What happens to case files, documents and letters is noted with the deed."""

from Acquisition import aq_base
from eakte.document.content import ICaseDocument
from eakte.journal.changes import changes_of
from eakte.journal.changes import DECIDING
from eakte.journal.changes import note_values
from eakte.journal.circumstances import who_acts
from eakte.journal.interfaces import IJournal
from eakte.journal.interfaces import Kind
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import Transition
from eakte.org.representing import represented_at
from zope.component import getUtility


STEPS = {
    Transition.ROUTE: Kind.ROUTED,
    Transition.ACCEPT: Kind.ACCEPTED,
    Transition.RELEASE: Kind.RELEASED,
    Transition.FILE: Kind.FILED,
}
"""Steps of a letter that have a kind of their own."""


def note_created(content, event):
    """Something is new in the house."""
    _append(Kind.CREATED, content)
    note_values(content)


def note_moved(content, event):
    """It lies somewhere else now, or is gone."""
    is_own = aq_base(event.object) is aq_base(content)
    if event.oldParent is None or (event.newParent is not None and not is_own):
        return
    if event.newParent is None:
        _append(Kind.DELETED, content)
    else:
        old, new = (
            "/".join((*parent.getPhysicalPath()[2:], name))
            for parent, name in (
                (event.oldParent, event.oldName),
                (event.newParent, event.newName),
            )
        )
        _append(Kind.MOVED, content, **{"from": old, "to": new})


def note_changed(content, event):
    """Its fields say something else; or somebody else may see it."""
    changes = changes_of(content)
    for kind, is_meant in (
        (Kind.CHANGED, lambda name: name not in DECIDING),
        (Kind.RIGHTS, lambda name: name in DECIDING),
    ):
        fields = {c.name: [c.old, c.new] for c in changes if is_meant(c.name)}
        if fields:
            for_whom = _represented_before(content, fields)
            _append(kind, content, acting_for=for_whom, fields=fields)


def note_step(content, event):
    """A step of a workflow was taken."""
    if event.transition is None:
        return
    step = event.transition.id
    said = {
        "step": step,
        "state": [event.old_state.id, event.new_state.id],
    }
    kind, for_whom = Kind.STEP, None
    if IMailItem.providedBy(content):
        kind = STEPS.get(step, Kind.STEP)
        entries = IRoutingHistory(content).entries()
        if entries and entries[-1].step == step:
            way = entries[-1]
            for_whom = way.acting_for
            said["from"] = _place(way.from_team, way.from_desk)
            said["to"] = _place(way.to_team, way.to_desk)
    if said.get("from") == said.get("to"):
        said.pop("from", None)
    why = (event.kwargs or {}).get("comment") or ""
    _append(kind, content, why=why, acting_for=for_whom, **said)
    # The step set what it set: a change later in the transaction is another deed.
    note_values(content)


def _append(kind, content, **said):
    getUtility(IJournal).append(kind, content, **said)


def _place(team, desk):
    return " / ".join(part for part in (team, desk) if part)


def _represented_before(content, fields):
    """Return for whom the object is passed on: afterwards it lies elsewhere.

    None when it stays where it is.
    """
    if ICaseDocument.providedBy(content) or not {"team", "desk"} & fields.keys():
        return None
    team = fields["team"][0] if "team" in fields else content.team
    desk = fields["desk"][0] if "desk" in fields else content.desk
    person = who_acts()
    return (person and represented_at(person, team, desk)) or ""
