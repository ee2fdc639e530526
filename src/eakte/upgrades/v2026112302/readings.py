"""What was read elsewhere is listed where the case file is now."""

from eakte.access.guests import IGuestBook
from eakte.access.whereabouts import department_of_file
from zope.component import queryUtility


def upgrade(setup_tool):
    """List each reading under the department that has the case file; again changes
    nothing. Of a case file that is gone nobody is told.
    """
    book = queryUtility(IGuestBook)
    for uid in book.case_files_read_elsewhere() if book is not None else ():
        if department := department_of_file(uid):
            book.move(uid, department)
