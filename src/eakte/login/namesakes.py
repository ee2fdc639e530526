"""Accounts that are called like a group, or like somebody of the office elsewhere.

Whoever may do something is found by ids, and so is what the catalog shows: an account
with the id of a team's group would have all that the team has, and nobody would see it
among the team. Such an account is not made; and since Zope's own pages make accounts
that nobody is told of, it does nothing once it is there either.

The folder above the site has accounts of its own, those of whoever runs the server. One
of them that is called like a person of the office would be taken for that person.
"""

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from Acquisition import aq_base
from Acquisition import aq_parent
from eakte import _
from eakte.errors import NotAllowed
from eakte.org.groups import is_group
from eakte.org.interfaces import IOffice
from plone import api
from zope.component import queryUtility
from zope.component.hooks import getSite


def refuse_account(event):
    """Let nobody make an account that is called like a group."""
    if queryUtility(IOffice) is None:
        return
    person = event.principal
    person = person if isinstance(person, str) else person.getId()
    if is_called_like_a_group(person):
        raise NotAllowed(
            _(
                "“${id}” is, or can become, the id of a group: no account is called "
                "like that.",
                mapping={"id": person},
            )
        )


def refuse_namesake(event):
    """Do nothing for an account that stands for somebody else by its id."""
    office = queryUtility(IOffice)
    if office is None:
        return
    user = getSecurityManager().getUser()
    person = user.getId()
    if not person:
        return
    if is_called_like_a_group(person):
        noSecurityManager()
        raise NotAllowed(
            _(
                "“${id}” is the id of a group: nobody works with an account that is "
                "called like that.",
                mapping={"id": person},
            )
        )
    if _is_of_another_folder(user) and _is_of_the_office(person, office):
        noSecurityManager()
        raise NotAllowed(
            _(
                "“${id}” is a person of the office: an account of that id outside the "
                "office's own does nothing here.",
                mapping={"id": person},
            )
        )


def is_called_like_a_group(person):
    """Whether the id is a group's, or could become that of one whose members follow."""
    if is_group(person):
        return True
    groups = getattr(getSite().acl_users, "source_groups", None)
    return groups is not None and groups.getGroupInfo(person) is not None


def _is_of_another_folder(user):
    folder = aq_parent(user)
    return folder is not None and aq_base(folder) is not aq_base(
        api.portal.get().acl_users
    )


def _is_of_the_office(person, office):
    return any(each.id == person for each in office.plan.people)
