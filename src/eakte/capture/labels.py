"""The words of the upload, handed to it translated: a script has no catalog."""

from eakte import _
from zope.i18n import translate


LABELS = {
    "waiting": _("Waiting"),
    "sending": _("${percent} % of ${size}"),
    "storing": _("Is being stored"),
    "paused": _("Paused"),
    "taken": _("Taken in as ${number}"),
    "replaced": _("The new scan of ${number} is here"),
    "duplicate_of": _("The same file came before as ${number}. Both are kept."),
    "duplicate": _("The same file came before. Both are kept."),
    "read_waiting": _("Recognition is waiting"),
    "read_running": _("Recognition: page ${page} of ${count}"),
    "read_done": _("Recognised, ${count} pages"),
    "read_done_one": _("Recognised, 1 page"),
    "failed": _("Not taken in: ${reason}"),
    "no_connection": _(
        "the connection broke off. Check the network and press “Try again”."
    ),
    "logged_out": _("you are no longer logged in. Log in and press “Try again”."),
    "not_allowed": _("you may not take in mail."),
    "too_large": _("the server does not accept a file of this size."),
    "server_failed": _("the server reported an error (${status}). Try again later."),
    "is_folder": _("a folder cannot be sent. Open it and choose its files."),
    "unreadable": _("the file cannot be read on this computer."),
    "retry": _("Try again"),
    "retry_file": _("Try again: ${name}"),
    "remove": _("Remove"),
    "remove_file": _("Remove from the list: ${name}"),
    "pause": _("Pause"),
    "resume": _("Go on"),
    "progress_of": _("Progress of ${name}"),
    "summary": _("${done} of ${count} files taken in"),
    "summary_failed": _("${done} of ${count} files taken in, ${failed} failed"),
}
"""Name in the script -> message; the script fills the ${places}."""


def translated_labels(request):
    """Return the labels in the language of the request, by name."""
    return {name: translate(text, context=request) for name, text in LABELS.items()}
