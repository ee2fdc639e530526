"""The journal: who may look into it, and how long it remembers reading."""


def upgrade(setup_tool):
    """Add the permissions and the setting; the journal begins with its first entry."""
    for step in ("rolemap", "plone.app.registry"):
        setup_tool.runImportStepFromProfile("eakte:default", step, False)
