from dataclasses import asdict
from eakte.access.seeing import who_may_see
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service


class WhoMaySeeGet(Service):
    """The groups and people who may see the content, and why.

    A member with a ``cause`` is one for a time: the deputy of ``person`` to the end
    of the day ``until``.
    """

    def reply(self):
        viewers = who_may_see(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@who-may-see",
            "items": [_shown(viewer) for viewer in viewers],
            "items_total": len(viewers),
        }


def _shown(viewer):
    people = {"people": list(viewer.people), "why": str(viewer.why)}
    return json_compatible(asdict(viewer) | people)
