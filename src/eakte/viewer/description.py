"""What the viewer is told about a document: documentviewer's contract, and our part."""

from eakte.scans.delivery import problem_answer
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IHasScan
from eakte.scans.interfaces import IScanPages
from eakte.scans.problems import findings_of
from eakte.scans.problems import problem_named
from eakte.scans.retrying import may_look_after
from eakte.scans.settings import scan_settings
from eakte.viewer.labels import translated_labels
from eakte.viewer.printing import PRINTED
from eakte.viewer.settings import setting
from itertools import groupby
from plone.protect.authenticator import createToken


def file_address(context):
    """Return the address at which the scan is saved as it came."""
    return f"{context.absolute_url()}/@@scan"


LANGUAGES = {
    "ara": "ar",
    "bul": "bg",
    "deu": "de",
    "ell": "el",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "hrv": "hr",
    "ita": "it",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "spa": "es",
    "sqi": "sq",
    "srp": "sr",
    "tur": "tr",
    "ukr": "uk",
}
"""Tesseract's names of languages (ISO 639-2) -> HTML's (BCP 47: ISO 639-1 goes first);
another is its own name, which BCP 47 allows where there is no shorter one."""


def language_of(context):
    """Return the language of the pages as HTML names it.

    What the content says, else the first language of recognition.
    """
    if context.Language():
        return context.Language()
    first = scan_settings().languages.split("+")[0].partition("_")[0]
    return LANGUAGES.get(first, first)


def runs_of_sizes(sizes):
    """Return ``(width, height, how many in a row)``, in points, to a tenth.

    >>> runs_of_sizes([(595.32, 841.9), (595.3, 841.92), (842, 595)])
    [(595.3, 841.9, 2), (842, 595, 1)]
    """
    rounded = ((round(width, 1), round(height, 1)) for width, height in sizes)
    return [(*size, len(list(same))) for size, same in groupby(rounded)]


def state(pages, request):
    """Return how far recognition is and what is wrong, as ``@@scan-status`` does."""
    problem = pages.problem
    return {
        "status": pages.status,
        "pages_done": pages.pages_done,
        "problem": problem and problem_answer(problem_named(problem), request),
        "findings": [
            problem_answer(finding, request) for finding in findings_of(pages)
        ],
    }


def description(context, request):
    """Return what ``dv_data`` answers.

    The addresses of ``resources`` hold ``{page}``, from 1, ``{size}``, which is
    small, normal or large, and ``{query}``. In ``eakte``, ``image`` holds ``{width}``,
    one of ``widths`` in pixels, and ``sizes`` are the pages' as ``runs_of_sizes``
    gives them: what is told grows with the kinds of paper, not with the pages.
    """
    pages = IScanPages(context)
    base = context.absolute_url()
    is_ours = IHasScan.providedBy(context)
    return {
        "id": context.UID(),
        "title": context.Title(),
        "description": context.Description(),
        "pages": pages.page_count,
        "annotations": [],
        "sections": [],
        "access": "private",
        "canonical_url": f"{base}/view",
        "created_at": context.created().aCommonZ(),
        "updated_at": context.modified().aCommonZ(),
        "data": {},
        "source": "",
        "contributor": "",
        "contributor_organization": "",
        "resources": {
            "page": {
                "image": f"{base}/dv-page/{{page}}/{{size}}",
                "text": f"{base}/dv-page-text/{{page}}",
            },
            "pdf": file_address(context),
            "thumbnail": f"{base}/dv-page/1/small",
            "search": f"{base}/dv-search.json?q={{query}}",
        },
        "eakte": {
            **state(pages, request),
            "language": language_of(context),
            "image": f"{base}/@@page/{{page}}/{{width}}",
            "text": f"{base}/@@page-text/{{page}}",
            "sizes": runs_of_sizes(pages.sizes),
            "widths": WIDTHS,
            "data_url": f"{base}/dv_data",
            "status_url": f"{base}/@@scan-status",
            "archive_url": f"{base}/@@archive-copy",
            "retry_url": f"{base}/@scan-retry" if may_look_after(context) else None,
            "viewer_url": f"{base}/documentviewer",
            "printed_url": f"{base}/@@{PRINTED}" if is_ours else None,
            "save": {
                "address": file_address(context),
                "name": pages.filename,
                "bytes": pages.byte_size,
            },
        },
    }


def options(context, request):
    """Return what stands at the viewer's element.

    :returns: documentviewer's ``height`` (pixels), ``width`` (pixels or "100%"),
        ``sidebar``, ``search`` and ``data``, the translated ``labels``, and Plone's
        ``authenticator`` for what the viewer asks to be made.
    """
    return {
        "height": setting(context, "height"),
        "width": str(setting(context, "width") or "100%"),
        "sidebar": setting(context, "show_sidebar"),
        "search": setting(context, "show_search"),
        "data": description(context, request),
        "labels": translated_labels(request),
        "authenticator": createToken(),
    }
