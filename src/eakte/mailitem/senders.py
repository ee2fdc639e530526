"""Senders as they are sorted and compared: lower case, no diacritics."""

from eakte.casefile.persons import GERMAN
from eakte.mailitem.content import IMailItem
from plone.indexer import indexer
from unidecode import unidecode


SENDER = "folded_sender"
"""The catalog's index."""


def spellings(text):
    """Return how the text is written without diacritics, the German way first.

    >>> spellings("Müller  & Söhne")
    ('mueller & soehne', 'muller & sohne')
    """
    lower = " ".join((text or "").lower().split())
    return unidecode(lower.translate(GERMAN)).lower(), unidecode(lower).lower()


def folded(sender):
    """Return how a sender is found however its umlauts are typed; None for none."""
    german, bare = spellings(sender)
    # Both fit in one value: nobody types the sign between them.
    return (german if german == bare else f"{german}\n{bare}") or None


@indexer(IMailItem)
def folded_sender(mail_item):
    return folded(mail_item.sender)
