"""Make the site look as the files in instance/office say; again changes nothing.

Run it with ``bin/instance run instance/apply-office.py [--overwrite]``. It refuses to
undo what was changed in the control panel since, unless it is told to overwrite that.
"""

from AccessControl.users import system
from eakte.errors import EakteError
from eakte.filingplan.plan import apply_filing_plan
from eakte.filingplan.plan import departments_without_units
from eakte.org.applying import apply_office
from eakte.org.interfaces import IOffice
from eakte.org.reading import FILING_PLAN
from pathlib import Path
from plone import api
from Testing.makerequest import makerequest
from zope.component import getUtility
from zope.component.hooks import setSite
from zope.i18n import translate

import sys
import transaction


here = Path("instance/office").resolve()
site = makerequest(app).objectValues("Plone Site")[0]  # noqa: F821
setSite(site)
try:
    with transaction.manager, api.env.adopt_user(user=system):
        apply_filing_plan(here / FILING_PLAN)
        apply_office(here, overwrite="--overwrite" in sys.argv[1:])
        departments = getUtility(IOffice).departments()
        missing = tuple(departments_without_units(departments))
except EakteError as refused:
    # Every reason at once, a line each; nothing was changed.
    sys.exit(
        "\n".join(
            translate(reason, target_language=site.language)
            for reason in refused.reasons
        )
    )
for said in missing:
    print(translate(said, target_language=site.language))
print("The office is as its files say.")
