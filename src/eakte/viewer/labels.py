"""The words of the viewer, handed to it translated: a script has no catalog."""

from eakte import _
from zope.i18n import translate


LABELS = {
    "viewer": _("Document viewer"),
    "tools": _("Tools of the viewer"),
    "sidebar": _("Side column"),
    "thumbnails": _("Pages"),
    "pages": _("Pages of the document"),
    "document": _("Document"),
    "view": _("View of the pages"),
    "page": _("Page ${page}"),
    "page_image": _("Image of page ${page} of ${count}"),
    "page_of": _("Page ${page} of ${count}"),
    "of_pages": _("of ${count}"),
    "page_choice": _("Choose a page"),
    "go_to_page": _("Go to page"),
    "previous_page": _("Previous page"),
    "next_page": _("Next page"),
    "first_page": _("First page"),
    "last_page": _("Last page"),
    "zoom": _("Zoom"),
    "zoom_in": _("Larger"),
    "zoom_out": _("Smaller"),
    "fit_width": _("Fit width"),
    "fit_height": _("Fit height"),
    "fit_page": _("Whole page"),
    "actual_size": _("Actual size"),
    "spread": _("Two pages side by side"),
    "turn": _("Turn pages"),
    "turn_page": _("Turn only this page"),
    "text": _("Text of the page"),
    "text_tool": _("Text instead of image"),
    "search": _("Search in the document"),
    "search_hint": _("Hits are listed here. Type at least two characters."),
    "search_failed": _("The search did not answer. Try again."),
    "hits": _("Hits"),
    "hit_of": _("${hit} of ${hits}"),
    "hit_spoken": _("Hit ${hit} of ${hits}, page ${page}"),
    "one_hit": _("1 hit"),
    "some_hits": _("${hits} hits"),
    "no_hits": _("No hits"),
    "previous_hit": _("Previous hit"),
    "next_hit": _("Next hit"),
    "copy_link": _("Copy link"),
    "page_link_copied": _("The link to page ${page} was copied."),
    "hit_link_copied": _("The link to this hit on page ${page} was copied."),
    "link_not_copied": _(
        "The browser does not let the link be copied. Copy it from the address bar."
    ),
    "print": _("Print"),
    "print_which": _("Which pages?"),
    "print_all": _("All ${count} pages"),
    "print_current": _("The page in view"),
    "print_range": _("Pages from – to"),
    "print_from": _("From page"),
    "print_to": _("To page"),
    "print_loading": _("Fetching pages: ${page} of ${count}"),
    "print_part": _("Pages ${from} to ${to} were handed to the printer."),
    "print_next": _("Print pages ${from} to ${to}"),
    "print_refused": _(
        "Nothing was printed: printing is noted in the journal, and that was not "
        "possible. Try again; perhaps you have to log in again."
    ),
    "save": _("Save"),
    "save_original": _("Original file"),
    "save_original_hint": _("As it was scanned or sent"),
    "save_archive": _("Searchable PDF/A"),
    "save_archive_hint": _("With the recognised text, to be passed on and archived"),
    "archive_waiting": _(
        "The PDF/A is waiting to be made. It is saved by itself; you can read on."
    ),
    "archive_running": _("The PDF/A is being made: page ${page} of ${count}."),
    "archive_ready": _("The PDF/A is ready."),
    "archive_failed": _("The PDF/A could not be made."),
    "archive_unavailable": _(
        "The PDF/A cannot be made at the moment. Try again later."
    ),
    "full_screen": _("Full screen"),
    "shortcuts": _("Keyboard shortcuts"),
    "shortcuts_hint": _(
        "They hold while the viewer has the focus. In the row of tools the arrow keys "
        "lead from tool to tool."
    ),
    "close": _("Close"),
    "key_scroll": _("Move the page"),
    "key_name_home": _("Home"),
    "key_name_end": _("End"),
    "page_failed": _("The image of page ${page} cannot be made. The other pages can."),
    "try_again": _("Try again"),
    "try_page_again": _("Try again: page ${page}"),
    "logged_out": _("You are no longer logged in. Load the page again."),
    "notice": _("Notice"),
    "notices": _("Notices about the scan"),
    "has_notice": _("with a notice"),
    "and_more": _("and ${count} more"),
    "no_pages": _("There are no pages that can be shown."),
    "pages_waiting": _("The pages are being counted and appear here by themselves."),
    "no_text": _("No text was recognised on this page."),
    "text_waiting": _("The text of this page is still being recognised."),
    "text_failed": _("The text of this page cannot be fetched at the moment."),
    "page_again": _("Recognise page anew"),
    "page_again_waiting": _(
        "Page ${page} is recognised anew. Its text appears by itself."
    ),
    "page_again_done": _("Page ${page} was recognised anew."),
    "page_again_refused": _(
        "The page cannot be recognised anew at the moment. Try again later."
    ),
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
