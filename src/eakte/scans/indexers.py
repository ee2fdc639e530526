"""What the catalog keeps of a scan."""

from Acquisition import aq_base
from eakte.scans.facts import file_of
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import IScanHolder
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from plone import api
from plone.app.contenttypes.content import File
from plone.app.contenttypes.indexers import SearchableText_file
from plone.dexterity.utils import iterSchemata
from plone.indexer import indexer
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IText


CANCELLED = "cancelled"
"""State of a document whose content is hidden; it is not found by its text either."""


@indexer(IScanHolder)
def page_count(content):
    return IScanPages(content).page_count


@indexer(IScanHolder)
def scan_status(content):
    return str(IScanPages(content).status)


@indexer(IScanHolder)
def scan_problem(content):
    """The problem or else the first finding, so that no box shows plain success.

    What is for the quality checker only stands beside the letter, in no box.
    """
    pages = IScanPages(content)
    grave = (each for each in pages.findings if not each.is_about_quality)
    found = pages.problem or next(grave, None)
    return None if found is None else str(found)


@indexer(IScanHolder)
def sha256(content):
    return IScanPages(content).sha256 or None


@indexer(IScanHolder)
def duplicate_of(content):
    return IScanPages(content).duplicate_of


@indexer(IHasScan)
def searchable_text(content):
    """The words of the fields and of the pages."""
    file = file_of(content)
    name = (file and file.filename) or ""
    words = [content.getId(), name, *_texts_of_fields(content)]
    if api.content.get_state(content, default="") != CANCELLED:
        words.append(IScanPages(content).text())
    return " ".join(words)


@indexer(File)
def searchable_text_of_file(content):
    """Our pages of a scan; of any other file what Plone finds in it.

    Plone's own indexer reads the whole file in the request that stores it; so it is
    asked only when the worker has found out that the file is no scan.
    """
    pages = IScanPages(content)
    if pages.status is ScanStatus.NONE and pages.sha256:
        return SearchableText_file.callable(content)
    return " ".join(
        [content.getId(), content.title or "", content.description or "", pages.text()]
    )


def _texts_of_fields(content):
    for schema in iterSchemata(content):
        for name, field in getFieldsInOrder(schema):
            value = getattr(aq_base(content), name, None)
            if value and isinstance(value, str) and IText.providedBy(field):
                yield value
