"""A cancelled document stays where it is, but nobody finds it by its text."""

from eakte.document.states import Transition


def forget_text(document, event):
    """Have the catalog forget the words of the pages, which are hidden now."""
    if event.transition is None or event.transition.id != Transition.CANCEL:
        return
    # The workflow tool reindexes the state and the rights only.
    document.reindexObject(idxs=["SearchableText"])
