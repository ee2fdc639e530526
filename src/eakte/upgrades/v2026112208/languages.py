"""English pages are recognised too, as an office that is founded now does it."""

from eakte.scans.settings import scan_settings


def upgrade(setup_tool):
    """Add English where nobody has chosen other languages; again changes nothing."""
    settings = scan_settings()
    if settings.languages == "deu":
        settings.languages = "deu+eng"
