"""Who may see something, as the catalog keeps it: by the row, without the object.

A row's value is the roles that may see the object, and ``user:`` with each person and
group that has one of these roles there.
"""

from collections import defaultdict
from plone import api


INDEX = "allowedRolesAndUsers"

USER = "user:"


def rows_in(content):
    """Return the numbers of the rows of all that lies in the content, in order."""
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(content.getPhysicalPath())
    found, _names = catalog.Indexes["path"]._apply_index({"path": path})
    own = catalog.getrid(path)
    return [row for row in found if row != own]


def take_away(rows, roles):
    """Take persons and groups out of rows that give them what they no longer have.

    Nobody is added. What a person has by an entry at the object alone is taken away
    too: whoever computes the row anew gives it back.

    :param roles: ``{person or group: roles}`` that hold now for all of them.
    """
    index = api.portal.get_tool("portal_catalog").Indexes[INDEX]
    stored = index.documentToKeyMap()
    alike = defaultdict(list)
    for row in rows:
        if row in stored:
            alike[tuple(stored[row])].append(row)
    changed = False
    for value, these in alike.items():
        kept = still_right(value, roles)
        lost = set(value).difference(kept)
        for row in these if lost else ():
            changed = True
            index.unindex_objectKeywords(row, lost)
            if kept:
                # One list for all that are alike: it is pickled once a bucket.
                stored[row] = kept
            else:
                del stored[row]
    if changed:
        # Answers that were kept for the same question are old now.
        index._increment_counter()


def still_right(value, roles):
    """Return what of a row's value holds with these roles.

    >>> still_right(["Reader", "user:anna", "user:arno"], {"arno": ["Reader"]})
    ['Reader', 'user:arno']
    >>> still_right(["Reader", "user:arno"], {"arno": ["Registry"]})
    ['Reader']
    """
    allowed = {each for each in value if not each.startswith(USER)}
    return [
        each
        for each in value
        if not each.startswith(USER)
        or allowed.intersection(roles.get(each.removeprefix(USER), ()))
    ]


def write(index, row, value):
    """Let the row have the value; nothing is written when it has it.

    :param index: the catalog's ``INDEX``.
    """

    class Known:
        allowedRolesAndUsers = value

    # The index itself would count that as a change.
    if set(index.getEntryForObject(row, ())) != set(value):
        index.index_object(row, Known)
