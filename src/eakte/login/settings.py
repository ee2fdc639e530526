"""What the office decided goes where Plone looks for it."""

from eakte.login.interfaces import ILoginSettings
from eakte.login.session import session_plugin
from plone import api
from plone.registry.interfaces import IRegistry
from zope.component import getUtility


def apply_settings():
    """Tell Plone's session plugin and its password policy what was decided."""
    settings = getUtility(IRegistry).forInterface(ILoginSettings, check=False)
    session = session_plugin()
    if session is not None:
        session.timeout = settings.session_minutes * 60
    policy = api.portal.get_tool("acl_users").get("password_policy")
    if policy is not None:
        policy.min_chars = settings.password_length


def follow(event):
    """A setting was changed."""
    if event.record.interfaceName == ILoginSettings.__identifier__:
        apply_settings()
