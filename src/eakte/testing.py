"""The layers of the tests: a site with the small office of tests/office."""

from eakte.filingplan.plan import apply_filing_plan
from eakte.org.applying import apply_office
from pathlib import Path
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE

import os
import tempfile


OFFICE = Path(__file__).parents[2] / "tests" / "office"


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

    def tearDownZope(self, app):
        self.var.cleanup()


EAKTE_FIXTURE = EakteFixture()

EAKTE_INTEGRATION = FunctionalTesting(bases=(EAKTE_FIXTURE,), name="Eakte:Integration")
"""With a database of its own for each test: numbers and the journal commit by themselves,
at whatever time the test's clock says.
"""

EAKTE_FUNCTIONAL = FunctionalTesting(
    bases=(EAKTE_FIXTURE, WSGI_SERVER_FIXTURE), name="Eakte:Functional"
)
