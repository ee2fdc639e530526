"""What a browser may do with a page of ours; it refuses everything else."""

from eakte.interfaces import IScreen
from eakte.viewer.interfaces import IPlainScreen
from plone.app.layout.viewlets.httpheaders import HeaderViewlet


FOR_EVERY_PAGE = {
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
}
"""Also for Plone's own pages, whose editors need scripts and styles in the page."""

FOR_SCREENS = {
    "default-src": "'self'",
    "script-src": "'self'",
    # Plone's bundle sets styles of its patterns into the page by script.
    "style-src": "'self' 'unsafe-inline'",
    # Icons of the styles are written as data; a viewer may keep an image as a blob.
    "img-src": "'self' data: blob:",
    **FOR_EVERY_PAGE,
}
"""A screen runs what its own files bring, and nothing that stands in a page.

Source: Content Security Policy Level 3, 6 (directives).
"""

FOR_PLAIN_SCREENS = {**FOR_SCREENS, "style-src": "'self'"}
"""The viewer alone on its page has no patterns that bring styles of their own."""


def policy_for(view):
    """Return the policy of a page as its header says it."""
    rules = FOR_EVERY_PAGE
    if IPlainScreen.providedBy(view):
        rules = FOR_PLAIN_SCREENS
    elif IScreen.providedBy(view):
        rules = FOR_SCREENS
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Policy(HeaderViewlet):
    """Sends the policy with every page that stands in the frame."""

    def getHeaders(self):
        return [
            ("Content-Security-Policy", policy_for(self.view)),
            ("X-Content-Type-Options", "nosniff"),
            # The address of a letter is nobody else's business.
            ("Referrer-Policy", "same-origin"),
        ]
