"""What a service may name: ids of things too."""

from plone import api


def if_seen(uid):
    """Return the UUID if the user sees what it names, else None."""
    if uid is None:
        return None
    return uid if api.portal.get_tool("portal_catalog")(UID=uid) else None
