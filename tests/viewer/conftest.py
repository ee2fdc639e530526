from .shelf import Shelf
from eakte.viewer.labels import LABELS

import pytest


@pytest.fixture
def errors():
    """What the browser complains about."""
    return []


@pytest.fixture
def page(chromium, errors):
    """A browser page of 1440 by 900.

    It fails the test on an error of a script, and on whatever the server's
    Content-Security-Policy refuses.
    """

    def hear(message):
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.on("pageerror", lambda error: errors.append(error))
    page.on("console", hear)
    yield page
    page.close()
    assert not errors


@pytest.fixture
def lay_out():
    """Serve a document; called with it, gives the shelf it stands in."""
    opened = []

    def lay_out(document, **options):
        labels = {name: str(text) for name, text in LABELS.items()}
        shelf = Shelf(document, labels, **options)
        opened.append(shelf)
        return shelf.__enter__()

    yield lay_out
    for shelf in opened:
        shelf.__exit__()
