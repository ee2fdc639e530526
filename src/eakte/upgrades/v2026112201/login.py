"""Guessing of passwords is slowed down; a login ends; new passwords are longer."""

from eakte.login.installing import install_login


def upgrade(setup_tool):
    """Add the settings and put the gates up; again changes nothing."""
    setup_tool.runImportStepFromProfile("eakte:default", "plone.app.registry", False)
    install_login()
