"""How an account looks to other systems."""

from eakte.interfaces import IEakteLayer
from plone import api
from plone.restapi.batching import HypermediaBatch
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.user import BaseSerializer
from Products.CMFCore.interfaces import IMemberData
from zope.component import adapter
from zope.interface import implementer


@implementer(ISerializeToJson)
@adapter(IMemberData, IEakteLayer)
class AccountToJson(BaseSerializer):
    """The account with the groups that the user folder knows.

    Not with those that are computed for single case files: Plone's own answer stumbles
    over them, and an administrator would learn of protected case files.
    """

    def __call__(self):
        known = (api.group.get(groupname=each) for each in self.context.getGroups())
        groups = [
            {"id": each.id, "title": each.title or each.id}
            for each in known
            if each is not None
        ]
        batch = HypermediaBatch(self.request, groups)
        told = {
            "@id": batch.canonical_url,
            "items_total": batch.items_total,
            "items": sorted(batch, key=lambda each: each["title"]),
        }
        if batch.links:
            told["batching"] = batch.links
        return {**super().__call__(), "groups": told}
