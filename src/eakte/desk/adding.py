"""A document that did not come through the mailroom is added to a case file."""

from eakte import _
from eakte.desk.fields import FieldsWrong
from eakte.desk.fields import read
from eakte.document.content import ICaseDocument
from eakte.errors import NotAllowed
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile


OF_NEW_DOCUMENT = ("title", "document_type", "document_date", "received", "author")


def add_document(case_file, form):
    """Add a document to the case file and return it.

    :param form: what was typed; ``scan`` is the uploaded file. A document
        without a subject goes by the name of its file.
    :raises NotAllowed: the user may not add to the case file, or not any more.
    :raises FieldsWrong: no file was chosen, or a field is wrong.
    """
    if not api.user.has_permission("eakte: Add to case file", obj=case_file):
        raise NotAllowed(_("You may not add anything to this case file."))
    upload = form.get("scan")
    filename = getattr(upload, "filename", "") or ""
    if not filename:
        raise FieldsWrong(_("Choose the file that is to be added."))
    typed = dict(form)
    typed["title"] = typed.get("title", "").strip() or filename.rpartition(".")[0]
    values = read(ICaseDocument, OF_NEW_DOCUMENT, typed)
    content_type = upload.headers.get("content-type", "application/octet-stream")
    # The file is handed over as it lies on the disk; it is not read here.
    values["scan"] = NamedBlobFile(
        data=upload, contentType=content_type, filename=filename
    )
    return createContentInContainer(
        case_file, "case_document", checkConstraints=False, **values
    )
