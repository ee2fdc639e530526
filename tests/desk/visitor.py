"""A person at the screens without a browser: opens pages, fills in forms, presses buttons."""

from lxml import html
from urllib.parse import urljoin

import requests


PASSWORD = "Ein-langes-Passwort-1"


class Page:
    """What the server answered."""

    def __init__(self, visitor, response):
        self.visitor = visitor
        self.status = response.status_code
        self.url = response.url
        self.root = html.fromstring(response.text) if response.text else None

    def all(self, selector):
        """Return the text of every element that the selector finds."""
        return [_words(element) for element in self.root.cssselect(selector)]

    @property
    def text(self):
        """What stands in the page's own part, without the frame around it."""
        return " ".join(self.all("#content"))

    @property
    def messages(self):
        return " ".join(self.all("#global_statusmessage"))

    @property
    def refusals(self):
        return self.all(".eakte-refused li")

    @property
    def buttons(self):
        """The steps that are offered: what the buttons do, not what they say."""
        return {
            button.get("value") for button in self.root.cssselect("button[name=do]")
        }

    def press(self, step, **fields):
        """Fill in the form that has the button, send it, and return the next page."""
        button = self.root.cssselect(f"button[name=do][value='{step}']")[0]
        form = next(button.iterancestors("form"))
        files = {name: fields.pop(name) for name in list(fields) if name == "scan"}
        values = dict(form.form_values()) | fields | {"do": step}
        return self.visitor.send(form.get("action"), values, files)

    def follow(self, selector):
        return self.visitor.open(self.root.cssselect(selector)[0].get("href"))


class Visitor:
    """A person of the office who is logged in; nobody without a name."""

    def __init__(self, site, person=None):
        self.site = site + "/"
        self.session = requests.Session()
        # A proxy of the machine must not come between.
        self.session.trust_env = False
        self.session.headers["Accept-Language"] = "en"
        self.session.headers["Accept"] = "text/html,*/*;q=0.8"
        if person:
            self.session.auth = (person, PASSWORD)

    def open(self, path=""):
        address = urljoin(self.site, path)
        return Page(self, self.session.get(address, timeout=60))

    def ask(self, path, **query):
        """Return the answer in JSON; None when the server asks to log in, or refuses."""
        address = urljoin(self.site, path)
        response = self.session.get(address, params=query, timeout=60)
        is_json = response.headers["Content-Type"].startswith("application/json")
        return response.json() if response.ok and is_json else None

    def send(self, path, values, files=None):
        address = urljoin(self.site, path)
        return Page(
            self, self.session.post(address, data=values, files=files, timeout=60)
        )


def _words(element):
    return " ".join(element.text_content().split())
