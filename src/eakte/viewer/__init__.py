"""The one door to collective.documentviewer.

Python imports this package before any of its modules, so whoever comes through the
door finds what documentviewer needs in its place.
"""

from eakte.viewer import preparation


preparation.put_moved_names_in_place()
preparation.ignore_missing_programs()
