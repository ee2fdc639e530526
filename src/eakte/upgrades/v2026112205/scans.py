"""Archive copies have disk space of their own; the reading of scans has a page."""


def upgrade(setup_tool):
    """Add the setting and the page; again changes nothing."""
    for step in ("controlpanel", "plone.app.registry"):
        setup_tool.runImportStepFromProfile("eakte:default", step, False)
