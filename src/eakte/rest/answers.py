"""What a service says about content after a step."""

from plone import api
from plone.restapi.interfaces import ISerializeToJson
from zope.component import getMultiAdapter


def as_it_is_now(content, request):
    """Return the content as GET would answer it, without the links to more.

    A step can take the content out of the user's sight. Then the answer tells
    where it went, and nothing of what it says.
    """
    if not api.user.has_permission("View", obj=content):
        return {
            "@id": content.absolute_url(),
            "review_state": api.content.get_state(content),
        }
    serializer = getMultiAdapter((content, request), ISerializeToJson)
    return serializer(include_items=False, include_expansion=False)
