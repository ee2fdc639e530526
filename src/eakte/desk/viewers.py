"""Who may see it, and why, in words."""

from eakte import _
from eakte.access.guests import Way
from eakte.access.seeing import Why
from eakte.desk.days import as_day
from eakte.login.placements import CAUSE as ACCOUNT
from eakte.org.places import name_of


WHY = {
    Why.TEAM: _("responsible team"),
    Why.DESK: _("responsible desk"),
    Why.LEAD: _("lead of the team"),
    Why.HEAD: _("head of the department"),
    Why.REGISTRY: _("registry of the department"),
    Why.FUNCTION: _("function in the house"),
    Why.ROLE: _("through a role"),
    Why.GUEST: _("reads for a time"),
    Why.CIRCLE: _("the only ones who see this protected case file"),
}
"""What opens the object."""


def why_said(viewer):
    """Return why the group or person may see the object."""
    return WHY[Why(viewer.why)]


def members_said(viewer, say):
    """Return the names of the people; of a deputy and a guest, why and until when.

    :param say: translates a message.
    """
    return ", ".join(_member_said(member, say) for member in viewer.members)


def _member_said(member, say):
    if member.cause is None:
        return member.name
    if member.cause.kind == ACCOUNT:
        said = {"name": member.name, "source": member.cause.person}
        return say(_("${name} by ${source}", mapping=said))
    said = {"name": member.name, "represented": name_of(member.cause.person)}
    if member.cause.until is None:
        return say(_("${name} for ${represented}", mapping=said))
    said["day"] = say(as_day(member.cause.until))
    if member.cause.kind == Way.SHARED:
        said["first"] = say(as_day(member.cause.since))
        return say(
            _("${name}, shared by ${represented} from ${first} to ${day}", mapping=said)
        )
    if member.cause.kind == Way.ELSEWHERE:
        return say(
            _(
                "${name}, from outside the team and with a reason, to ${day}",
                mapping=said,
            )
        )
    return say(_("${name} for ${represented} until ${day}", mapping=said))
