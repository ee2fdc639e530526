from zope.interface import Interface


class IActing(Interface):
    """A utility: for whom does a person work on some content?

    Verbs of the room: ``acting.acting_for``, ``seeing.who_may_see``.
    """

    def acting_for(person_id, content):
        """Return the id of the one whom the person represents there, or None.

        None too for whoever works there by a place of its own, see
        ``eakte.org.representing.represented_at``.
        """
