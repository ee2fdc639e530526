"""What went out: the letters and documents with which a deadline can be kept."""

from datetime import datetime
from eakte.clock import HOUSE
from eakte.clock import in_house_time
from eakte.deadlines.places import case_file_of
from eakte.document.content import ICaseDocument
from eakte.document.states import State as DocumentState
from eakte.mailitem.content import IMailItem
from eakte.mailitem.states import State as LetterState
from plone import api
from plone.app.uuid.utils import uuidToObject


STAYS_HERE = ("note", "minutes", "evidence", "paper_file")
"""Types of documents that are written or kept for the case file, and sent to nobody."""

GONE = {
    IMailItem: {LetterState.DONE},
    ICaseDocument: {DocumentState.DONE, DocumentState.CLOSED},
}
"""States in which it has left the house: nobody works on it any more."""


def outgoing_since(content, start):
    """Return the documents of ours in the content's case file, the newest first.

    Only such as the user may see: our letters and documents that have left the house;
    no note, nothing that is still worked on, cancelled or older than the day.
    """
    case_file = case_file_of(content)
    if case_file is None:
        return []
    brains = api.portal.get_tool("portal_catalog")(
        path="/".join(case_file.getPhysicalPath()),
        portal_type=["case_document", "mail_item"],
        review_state=sorted(set().union(*GONE.values())),
        created={
            "query": datetime(start.year, start.month, start.day, tzinfo=HOUSE),
            "range": "min",
        },
        sort_on="created",
        sort_order="descending",
        sort_limit=100,
    )
    found = [brain.getObject() for brain in brains[:100]]
    return [each for each in found if _is_ours_since(each, start)]


def is_outgoing_since(uid, content, start):
    """Whether it is a document of ours in the content's case file, since that day."""
    document = uuidToObject(uid, unrestricted=True) if uid else None
    case_file = case_file_of(content)
    return (
        document is not None
        and api.user.has_permission("View", obj=document)
        and case_file is not None
        and case_file_of(document) is not None
        and case_file_of(document).UID() == case_file.UID()
        and _is_ours_since(document, start)
    )


def _is_ours_since(document, start):
    if IMailItem.providedBy(document):
        kind, day = IMailItem, document.letter_date
        ours = document.direction == "outgoing"
    elif ICaseDocument.providedBy(document):
        kind, day = ICaseDocument, document.document_date
        ours = document.received is None and document.document_type not in STAYS_HERE
    else:
        return False
    made = in_house_time(document.created().asdatetime()).date()
    has_left = api.content.get_state(document) in GONE[kind]
    return ours and has_left and (day or made) >= start
