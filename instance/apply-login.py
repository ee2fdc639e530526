"""Let the site know where accounts are checked besides here, see docs/login.md.

Run it with ``bin/instance run instance/apply-login.py [FILE]``; FILE is
instance/login.yaml when none is named. Without that file accounts are checked here only.
Again changes nothing, but asks the directory for everybody's groups.
"""

from AccessControl.users import system
from eakte.errors import EakteError
from eakte.login.applying import apply_login
from eakte.login.applying import ask_for_groups
from pathlib import Path
from plone import api
from Testing.makerequest import makerequest
from zope.component.hooks import setSite
from zope.globalrequest import setRequest
from zope.i18n import translate

import sys
import transaction


named = [each for each in sys.argv[1:] if each.endswith(".yaml")]
file = Path(named[0] if named else "instance/login.yaml")
text = file.read_text("utf-8") if named or file.exists() else ""
root = makerequest(app)  # noqa: F821
setRequest(root.REQUEST)
site = root.objectValues("Plone Site")[0]
setSite(site)
try:
    with transaction.manager, api.env.adopt_user(user=system):
        kinds = apply_login(text)
        asked = ask_for_groups()
except EakteError as refused:
    # Every reason at once, a line each; nothing was changed.
    sys.exit(
        "\n".join(
            translate(reason, target_language=site.language)
            for reason in refused.reasons
        )
    )
print(f"Accounts are checked here and by: {', '.join(kinds) or 'nobody else'}.")
if asked:
    print(f"The groups of {asked} people were asked for.")
