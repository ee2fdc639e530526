"""The words of the viewer, handed to it translated: a script has no catalog."""

from eakte import _
from zope.i18n import translate


LABELS = {
    "viewer": _("Document viewer"),
    "tools": _("Tools of the viewer"),
    "sidebar": _("Side column"),
    "thumbnails": _("Pages"),
    "pages": _("Pages of the document"),
    "page": _("Page ${page}"),
    "page_of": _("Page ${page} of ${count}"),
    "of_pages": _("of ${count}"),
    "page_choice": _("Choose a page"),
    "go_to_page": _("Go to page"),
    "previous_page": _("Previous page"),
    "next_page": _("Next page"),
    "zoom": _("Zoom"),
    "zoom_in": _("Larger"),
    "zoom_out": _("Smaller"),
    "fit_width": _("Fit width"),
    "fit_page": _("Whole page"),
    "actual_size": _("Actual size"),
    "turn": _("Turn page"),
    "text": _("Text of the page"),
    "search": _("Search in the document"),
    "search_hint": _("Pages with hits are listed here. Type at least two characters."),
    "search_failed": _("The search did not answer. Try again."),
    "hits": _("Hits"),
    "hit_of": _("${hit} of ${hits}"),
    "one_hit": _("1 hit"),
    "some_hits": _("${hits} hits"),
    "no_hits": _("No hits"),
    "previous_hit": _("Previous hit"),
    "next_hit": _("Next hit"),
    "download": _("Save the file"),
    "full_screen": _("Full screen"),
    "shortcuts": _("Keyboard shortcuts"),
    "close": _("Close"),
    "key_page": _("Previous and next page"),
    "key_ends": _("First and last page"),
    "key_scroll": _("Move the page"),
    "key_hits": _("Next and previous hit"),
    "key_zoom": _("Larger and smaller"),
    "key_name_home": _("Home"),
    "key_name_end": _("End"),
    "page_failed": _("The image of page ${page} cannot be made. The other pages can."),
    "no_pages": _("There are no pages that can be shown."),
    "pages_waiting": _("The pages are being counted and appear here by themselves."),
    "no_text": _("No text was recognised on this page."),
    "text_waiting": _("The text of this page is still being recognised."),
    "text_failed": _("The text of this page cannot be fetched at the moment."),
    "recognition_waiting": _(
        "Text recognition is waiting. The pages can be read already; text and search "
        "follow by themselves."
    ),
    "recognition_running": _(
        "Text recognition: page ${page} of ${count}. The pages can be read already."
    ),
    "recognition_failed": _(
        "Text recognition failed. The pages can be read, but not all can be searched."
    ),
}
"""Name in the script -> message; the script fills the ${places}."""


def translated_labels(request):
    """Return the labels in the language of the request, by name."""
    return {name: translate(text, context=request) for name, text in LABELS.items()}
