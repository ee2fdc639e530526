"""The mailroom's box: what came in and waits to be checked, released, routed."""

from eakte import _
from eakte.desk.box import BoxScreen
from eakte.mailitem.states import State
from eakte.mailitem.states import TITLES
from eakte.mailitem.states import Transition
from eakte.mailitem.store import mail_store
from plone import api


class Mailroom(BoxScreen):
    """The mailroom's box."""

    screen = "mailroom"
    title = _("Mailroom")
    empty = _("Nothing waits in the mailroom.")
    empty_hint = _(
        "New letters appear here by themselves when the scanner drops them, or when "
        "you upload files."
    )

    def quick_step(self, row):
        if row.state == State.CAPTURED:
            return {"id": Transition.CHECK, "title": TITLES[Transition.CHECK]}
        return None

    def may_be_filled(self, state):
        workflow = api.portal.get_tool("portal_workflow")["mail_item_workflow"]
        roles = workflow.states[state].getPermissionInfo("View")["roles"]
        # In the mailroom rights come with the place in it, not with a team.
        return not set(roles).isdisjoint(api.user.get_roles())

    @property
    def upload_url(self):
        if not api.user.has_permission("eakte: Take in mail", obj=mail_store()):
            return None
        return f"{mail_store().absolute_url()}/@@upload"
