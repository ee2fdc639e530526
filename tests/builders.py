"""Content for tests, made by nobody in particular."""

from AccessControl.users import system
from eakte.casefile.opening import open_case_file
from eakte.mailitem.states import State
from eakte.mailitem.store import mail_store
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile


def a_mail_item(state=State.CAPTURED, pdf=None, **fields):
    """Return a mail item in the state; its way there is not walked."""
    if pdf is not None:
        fields["scan"] = NamedBlobFile(
            data=pdf, contentType="application/pdf", filename="scan.pdf"
        )
    fields.setdefault("title", "Antrag auf Verlängerung")
    item = createContentInContainer(
        mail_store(), "mail_item", checkConstraints=False, **fields
    )
    put_in_state(item, "mail_item_workflow", state)
    return item


def a_case_file(**fields):
    """Return an open case file of team a1."""
    fields.setdefault("unit", "10.1")
    fields.setdefault("title", "Aufenthaltserlaubnis")
    fields.setdefault("team", "a1")
    with as_system():
        return open_case_file(**fields)


def as_system():
    """The next lines are done by the system, whoever is logged in."""
    return api.env.adopt_user(user=system)


def put_in_state(content, workflow_id, state):
    """Set the state as an earlier day left it, with its rights."""
    tool = api.portal.get_tool("portal_workflow")
    workflow = tool[workflow_id]
    tool.setStatusOf(
        workflow_id,
        content,
        {
            "review_state": str(state),
            "action": "",
            "actor": "",
            "comments": "",
            "time": None,
        },
    )
    workflow.updateRoleMappingsFor(content)
    content.reindexObject()
    content.reindexObjectSecurity()
