"""Who is in a group without those who are barred: deny beats allow.

The catalog knows of groups that may see something, and of nobody who may not. So a case
file from which somebody is barred opens to ``team-a1~not~anna`` in place of ``team-a1``.
"""

from eakte.access.closures import closures
from eakte.org.groups import is_group
from eakte.org.interfaces import IMemberships
from eakte.org.memberships import causes
from eakte.org.memberships import PLUGIN
from eakte.org.memberships import rules
from eakte.org.memberships import stored_members
from eakte.org.principals import desk_group
from eakte.org.principals import NOT
from eakte.org.principals import parts_of_exclusion
from eakte.org.principals import team_group
from eakte.org.representing import DeputyMemberships
from eakte.org.representing import represented_by
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.PropertiedUser import PropertiedUser
from zope.component.hooks import getSite
from zope.interface import implementer


OWN = ""
"""Stands among those for whom somebody is in a group: for nobody else."""


@implementer(IMemberships)
class ExclusionMemberships:
    """A person's groups, stored and computed, once more without those who are barred.

    A deputy is in them as the represented person is: through one who is barred nobody
    comes in. Asks the other rules, and is asked by none of them.
    """

    def groups_of(self, person_id):
        book = None if is_group(person_id) else closures()
        if book is None or not book.exclude():
            return frozenset()
        found = set()
        for group, persons in groups_and_for_whom(person_id).items():
            for exclusion in book.exclusions_of(group):
                _group, barred = parts_of_exclusion(exclusion)
                if person_id not in barred and persons.difference(barred):
                    found.add(exclusion)
        return frozenset(found)

    def members_of(self, group_id):
        # Only of a group that is asked for by its own id: see ``causes``.
        if NOT not in group_id:
            return {}
        group, _persons = parts_of_exclusion(group_id)
        return {
            person: cause
            for person, cause in members_with_cause(group).items()
            if group_id in self.groups_of(person)
        }


def members_with_cause(group):
    """Return ``{person id: Cause or None}`` of the group's members, stored ones first."""
    return causes(group) | dict.fromkeys(stored_members(group))


def groups_and_for_whom(person_id):
    """Return ``{group id: ids of those for whom the person is in it}``; ``OWN`` too."""
    found = {group: {OWN} for group in _own_groups(person_id)}
    for each in represented_by(person_id):
        for group in (desk_group(each.desk), team_group(each.team)):
            found.setdefault(group, set()).add(each.represented)
    return found


def _own_groups(person_id):
    # ``getUserById`` would ask for the groups, and so for these rules, once more.
    person = PropertiedUser(person_id)
    # Not by plone.api: this is asked with every request, several times.
    acl_users = getSite().acl_users
    for name, plugin in acl_users.plugins.listPlugins(IGroupsPlugin):
        if name not in (PLUGIN, "recursive_groups"):
            yield from plugin.getGroupsForPrincipal(person)
    for rule in rules():
        if not isinstance(rule, (DeputyMemberships, ExclusionMemberships)):
            yield from rule.groups_of(person_id)
