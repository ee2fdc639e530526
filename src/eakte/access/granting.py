"""Roles that follow from data: computed on every access, stored nowhere.

They go to groups that stand for teams, desks and functions, so that nothing is
reindexed when people come, go or change places.
"""

from Acquisition import aq_inner
from Acquisition import aq_parent
from borg.localrole.interfaces import ILocalRoleProvider
from eakte.casefile.content import ICaseFile
from eakte.mailitem.content import IMailItem
from eakte.mailitem.content import PERSONAL
from eakte.org.interfaces import IOffice
from eakte.org.principals import circle_group
from eakte.org.principals import desk_group
from eakte.org.principals import desk_people_group
from eakte.org.principals import exclusion_group
from eakte.org.principals import guest_group
from eakte.org.principals import head_group
from eakte.org.principals import records_group
from eakte.org.principals import registry_group
from eakte.org.principals import team_group
from eakte.org.principals import team_lead_group
from eakte.org.principals import team_people_group
from eakte.org.roles import CASE_WORKER
from eakte.org.roles import DEPARTMENT_HEAD
from eakte.org.roles import GUEST
from eakte.org.roles import RECORDS_MANAGER
from eakte.org.roles import REGISTRY
from eakte.org.roles import TEAM_LEAD
from plone.uuid.interfaces import IUUID
from zope.component import adapter
from zope.component import queryUtility
from zope.interface import implementer


def grants_of_case_file(case_file):
    """Return ``{group id: roles}`` for a case file.

    A protected one is its circle's alone, which does what team and lead do else. Deny
    beats allow: with persons barred, each group is granted without them.
    """
    if not case_file.team:
        return {}
    uid = IUUID(case_file, None)
    if not case_file.protection:
        grants = _grants_of_place(case_file, uid)
    else:
        grants = {circle_group(uid): (CASE_WORKER, TEAM_LEAD)} if uid else {}
    if not case_file.barred:
        return grants
    return {
        exclusion_group(group, case_file.barred): roles
        for group, roles in grants.items()
    }


def _grants_of_place(case_file, uid):
    grants = {
        team_group(case_file.team): (CASE_WORKER,),
        team_lead_group(case_file.team): (TEAM_LEAD,),
    }
    if case_file.desk:
        grants[desk_group(case_file.desk)] = (CASE_WORKER,)
    if department := _department_of(case_file.team):
        grants[registry_group(department)] = (REGISTRY,)
        grants[head_group(department)] = (DEPARTMENT_HEAD,)
        grants[records_group(department)] = (RECORDS_MANAGER,)
    # Granted before there is a guest: so nothing is reindexed when one comes.
    if uid:
        grants[guest_group(uid)] = (GUEST,)
    return grants


def grants_of_mail_item(mail_item):
    """Return ``{group id: roles}`` for a mail item.

    Once it is filed, its case file alone decides. A personal letter is for
    those who sit at its desk, not for the team, and never for deputies.
    """
    if not mail_item.team or ICaseFile.providedBy(aq_parent(aq_inner(mail_item))):
        return {}
    personal = mail_item.mail_class == PERSONAL
    if personal and mail_item.desk:
        return {desk_people_group(mail_item.desk): (CASE_WORKER,)}
    works = team_people_group if personal else team_group
    grants = {
        works(mail_item.team): (CASE_WORKER,),
        team_lead_group(mail_item.team): (TEAM_LEAD,),
    }
    if mail_item.desk:
        grants[desk_group(mail_item.desk)] = (CASE_WORKER,)
    if department := _department_of(mail_item.team):
        grants[registry_group(department)] = (REGISTRY,)
    return grants


def _department_of(team):
    office = queryUtility(IOffice)
    return office and office.department_of(team)


class _Granted:
    """What the machinery of local roles asks of a rule."""

    def __init__(self, content):
        self.grants = self.rule(content)

    def getRoles(self, principal_id):
        return self.grants.get(principal_id, ())

    def getAllRoles(self):
        return self.grants.items()


@implementer(ILocalRoleProvider)
@adapter(ICaseFile)
class CaseFileRoles(_Granted):
    rule = staticmethod(grants_of_case_file)


@implementer(ILocalRoleProvider)
@adapter(IMailItem)
class MailItemRoles(_Granted):
    rule = staticmethod(grants_of_mail_item)
