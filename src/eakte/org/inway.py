"""Accounts that are called like the group of a place stand in the way of that place."""

from eakte import _
from eakte.errors import EakteError
from eakte.org.groups import groups_of_plan
from plone import api


class AccountInTheWay(EakteError):
    """A place cannot be: an account has its group's id. Nothing is changed."""

    status = 409


def refuse_accounts_in_the_way(plan):
    """Name every account that has the id of one of the plan's groups.

    :raises AccountInTheWay: naming them.
    """
    acl_users = api.portal.get_tool("acl_users")
    found = [
        group
        for group in sorted(groups_of_plan(plan))
        if acl_users.searchUsers(id=group, exact_match=True)
    ]
    if found:
        raise AccountInTheWay(
            _(
                "There is an account “${id}”, and the group of a place in the office "
                "must be called like that: remove the account in the control panel "
                "first.",
                mapping={"id": each},
            )
            for each in found
        )
