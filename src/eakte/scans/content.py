"""The behaviour that gives content its scan."""

from eakte import _
from eakte.scans.interfaces import IHasScan
from plone.autoform import directives
from plone.autoform.interfaces import IFormFieldProvider
from plone.namedfile.field import NamedBlobFile
from plone.rfc822.interfaces import IPrimaryField
from plone.supermodel import model
from z3c.form.interfaces import IEditForm
from zope.interface import alsoProvides
from zope.interface import provider


@provider(IFormFieldProvider)
class IScan(IHasScan, model.Schema):
    """A scan: one file, stored once and never changed."""

    directives.read_permission(scan="eakte.ReadScan")
    # A scan is evidence: an edit form does not replace it, see capture's rescanning.
    directives.omitted(IEditForm, "scan")
    scan = NamedBlobFile(
        title=_("Scan"),
        description=_(
            "The file as the scanner made it: PDF, TIFF, JPEG or PNG. It is kept "
            "unchanged; a new file takes its place and is read anew."
        ),
        required=False,
    )


alsoProvides(IScan["scan"], IPrimaryField)
