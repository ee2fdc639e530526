"""What the viewer is told about a document: documentviewer's contract, and our part."""

from eakte.scans.interfaces import IScanPages
from eakte.viewer.labels import translated_labels
from eakte.viewer.settings import setting


THUMBNAIL = 180
WIDTHS = (THUMBNAIL, 700, 1000, 2000)
"""Widths of page images in pixels: documentviewer's small, normal and large, and one
for zooming."""


def file_address(context):
    """Return the address at which the scan is saved as it came."""
    return f"{context.absolute_url()}/@@scan"


def recognition(pages):
    """Return how far the recognition of a document is."""
    return {
        "status": pages.status,
        "page_count": pages.page_count,
        "pages_done": pages.pages_done,
    }


def description(context):
    """Return what ``dv_data`` answers.

    ``resources.page.image`` and ``resources.page.text`` hold ``{page}``, from 1, and
    ``{size}``, one of ``eakte.widths``; ``resources.search`` holds ``{query}``.
    ``eakte.sizes`` are width and height of each page in points (1/72 inch).
    """
    pages = IScanPages(context)
    base = context.absolute_url()
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
                "image": f"{base}/@@page/{{page}}/{{size}}",
                "text": f"{base}/@@page-text/{{page}}",
            },
            "pdf": file_address(context),
            "thumbnail": f"{base}/@@page/1/{THUMBNAIL}",
            "search": f"{base}/dv-search.json?q={{query}}",
        },
        "eakte": {
            **recognition(pages),
            "sizes": [(round(w, 1), round(h, 1)) for w, h in pages.sizes],
            "widths": WIDTHS,
            "data_url": f"{base}/dv_data",
            "status_url": f"{base}/dv-status.json",
        },
    }


def options(context, request):
    """Return what stands at the viewer's element.

    :returns: documentviewer's ``height`` (pixels), ``width`` (pixels or "100%"),
        ``sidebar``, ``search`` and ``data``, and the translated ``labels``.
    """
    return {
        "height": setting(context, "height"),
        "width": str(setting(context, "width") or "100%"),
        "sidebar": setting(context, "show_sidebar"),
        "search": setting(context, "show_search"),
        "data": description(context),
        "labels": translated_labels(request),
    }
