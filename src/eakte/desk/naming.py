"""What a letter itself says about the case file that it belongs to."""

from eakte.casefile.finding import find_case_files
from eakte.scans.interfaces import IScanPages

import re


REFERENCE = re.compile(r"\b\d{1,3}(?:\.\d{1,3})+\s?-\s?\d{1,6}\s?/\s?\d{4}\b")
AZR = re.compile(r"\b\d{12}\b")

READ_PAGES = 2
"""References stand on the first sheet of a letter."""

AT_MOST = 3
"""Case files to offer; more would be a list to read, not a help."""


def named_case_files(mail_item):
    """Return the case files whose reference or AZR number the letter names.

    Only such as the user may see, as everywhere.
    """
    pages = IScanPages(mail_item)
    if not pages.may_read():
        return []
    found = {}
    for number in range(1, min(pages.page_count, READ_PAGES) + 1):
        page = pages.page(number)
        for words in _named(page.text if page else ""):
            for suggestion in find_case_files(words, limit=AT_MOST):
                found.setdefault(suggestion.uid, suggestion)
    return list(found.values())[:AT_MOST]


def _named(text):
    for match in REFERENCE.findall(text):
        yield re.sub(r"\s", "", match)
    # Twelve digits are also written in groups: 900314 123456.
    yield from AZR.findall(re.sub(r"(?<=\d{6}) (?=\d{6}\b)", "", text))
