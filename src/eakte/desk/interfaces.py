from zope.interface import Interface


class IDeskScreen(Interface):
    """A page that a person works with: the whole width, no portlets.

    Verbs of the room: ``steps.take`` (a button's step), ``describing.describe``
    (what is known of a letter), ``placing.place`` (into a new case file),
    ``places.places`` (where the person works), ``boxes.neighbours`` (what lies
    before and after a letter).
    """
