from zope.interface import Attribute
from zope.interface import Interface


class IActing(Interface):
    """A utility: for whom does a person work on some content?

    Verbs of the room: ``acting.acting_for``, ``seeing.who_may_see``,
    ``protecting.protect`` and ``lift``, ``barring.bar``.
    """

    def acting_for(person_id, content):
        """Return the id of the one whom the person represents there, or None.

        None too for whoever works there by a place of its own, see
        ``eakte.org.representing.represented_at``.
        """


class IClosingChanged(Interface):
    """Somebody protected a case file, barred somebody from it, or took that back."""

    case_file = Attribute("The case file")
    changes = Attribute("Name of what changed to old and new: texts, lists of ids")
    reason = Attribute("The reason that was given")


class IRecordOpened(Interface):
    """A records manager looks at what one case file says of itself."""

    case_file = Attribute("The case file")
