"""What the viewer is told about a document: documentviewer's contract, and our part."""

from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from eakte.viewer.labels import translated_labels
from eakte.viewer.settings import setting


def file_address(context):
    """Return the address at which the scan is saved as it came."""
    return f"{context.absolute_url()}/@@scan"


def description(context):
    """Return what ``dv_data`` answers.

    The addresses of ``resources`` hold ``{page}``, from 1, ``{size}``, which is
    small, normal or large, and ``{query}``. In ``eakte``, ``image`` holds ``{width}``,
    one of ``widths`` in pixels, and ``sizes`` are width and height of each page in
    points (1/72 inch).
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
                "image": f"{base}/dv-page/{{page}}/{{size}}",
                "text": f"{base}/dv-page-text/{{page}}",
            },
            "pdf": file_address(context),
            "thumbnail": f"{base}/dv-page/1/small",
            "search": f"{base}/dv-search.json?q={{query}}",
        },
        "eakte": {
            "status": pages.status,
            "pages_done": pages.pages_done,
            "image": f"{base}/@@page/{{page}}/{{width}}",
            "text": f"{base}/@@page-text/{{page}}",
            "sizes": [(round(w, 1), round(h, 1)) for w, h in pages.sizes],
            "widths": WIDTHS,
            "data_url": f"{base}/dv_data",
            "status_url": f"{base}/@@scan-status",
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
