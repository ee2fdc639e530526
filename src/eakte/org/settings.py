from eakte import _
from zope import schema
from zope.interface import Interface


class IDeputySettings(Interface):
    """What happens with the mail of those who are away."""

    return_after_working_days = schema.Int(
        title=_("Working days until untouched mail goes back"),
        description=_(
            "A letter that nobody touched for so many whole working days, at a desk "
            "whose people are all away, goes back to the team's box. 0 means never."
        ),
        min=0,
        default=3,
    )
