"""The layers of the tests: a site with the small office of tests/office."""

from eakte.filingplan.plan import apply_filing_plan
from eakte.org.applying import apply_office
from pathlib import Path
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE

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


class EakteTesting(FunctionalTesting):
    """A database of its own for each test: numbers and the journal commit by
    themselves, at whatever time the test's clock says.
    """

    def testSetUp(self):
        super().testSetUp()
        self["zodbDB"].setCacheSize(CACHED_OBJECTS)


EAKTE_INTEGRATION = EakteTesting(bases=(EAKTE_FIXTURE,), name="Eakte:Integration")

EAKTE_FUNCTIONAL = EakteTesting(
    bases=(EAKTE_FIXTURE, WSGI_SERVER_FIXTURE), name="Eakte:Functional"
)
