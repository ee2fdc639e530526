"""The layers of the tests: a site with the small office of tests/office."""

from eakte.filingplan.plan import apply_filing_plan
from eakte.org.applying import apply_office
from pathlib import Path
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGIServer

import AccessControl.Implementation
import gc
import os
import tempfile


OFFICE = Path(__file__).parents[2] / "tests" / "office"

CACHED_OBJECTS = 30_000
"""As in the office; with the database's own figure each page is loaded anew."""

# Rights are checked by the C code, as in the office; Plone's layers would leave it.
AccessControl.Implementation._implementation_set = 1


class EakteFixture(PloneSandboxLayer):
    defaultBases = (PLONE_FIXTURE,)

    def setUpZope(self, app, configurationContext):
        import collective.documentviewer
        import eakte
        import plone.restapi

        self.var = tempfile.TemporaryDirectory(prefix="eakte-test-")
        os.environ["EAKTE_VAR"] = self.var.name
        self.loadZCML(package=plone.restapi)
        self.loadZCML(name="meta.zcml", package=eakte)
        self.loadZCML(package=collective.documentviewer)
        self.loadZCML(package=eakte)

    def setUpPloneSite(self, portal):
        applyProfile(portal, "eakte:default")
        apply_filing_plan(OFFICE / "filingplan.yaml")
        apply_office(OFFICE)
        # What was loaded stays: it need not be searched for garbage again and again.
        gc.collect()
        gc.freeze()

    def tearDownZope(self, app):
        self.var.cleanup()


EAKTE_FIXTURE = EakteFixture()

NEVER_OTHERWISE = ("/++webresource++", "/++unique++")
"""In the address of a file that has another address as soon as it says something else."""


def remembering(application):
    """Return the WSGI application; such a file it makes once for all browsers.

    Each test has a browser without a memory, which asks for some fifty of them.
    """
    known = {}

    def answer(environ, start_response):
        address = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] != "GET" or not any(
            part in address for part in NEVER_OTHERWISE
        ):
            return application(environ, start_response)
        if address not in known:
            started = []

            def start(*said):
                started[:] = said
                return start_response(*said)

            made = application(environ, start)
            body = b"".join(made)
            if hasattr(made, "close"):
                made.close()
            if started[0].startswith("200"):
                known[address] = (started[:2], body)
            return [body]
        started, body = known[address]
        start_response(*started)
        return [body]

    return answer


class EakteServer(WSGIServer):
    """The server that answers the browsers of the tests."""

    def make_wsgi_app(self):
        return remembering(super().make_wsgi_app())


EAKTE_SERVER = EakteServer()


class EakteTesting(FunctionalTesting):
    """A database of its own for each test: numbers and the journal commit by
    themselves, at whatever time the test's clock says.
    """

    def testSetUp(self):
        super().testSetUp()
        self["zodbDB"].setCacheSize(CACHED_OBJECTS)


EAKTE_INTEGRATION = EakteTesting(bases=(EAKTE_FIXTURE,), name="Eakte:Integration")

EAKTE_FUNCTIONAL = EakteTesting(
    bases=(EAKTE_FIXTURE, EAKTE_SERVER), name="Eakte:Functional"
)
