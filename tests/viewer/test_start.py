"""Zope starts with documentviewer in place, also where no test layer prepared it."""

from subprocess import run

import os
import sys


SITE = """
<configure
    xmlns="http://namespaces.zope.org/zope"
    xmlns:five="http://namespaces.zope.org/five"
    >
  <include package="Products.Five" />
  <five:loadProducts file="meta.zcml" />
  <five:loadProducts />
  <five:loadProductsOverrides />
</configure>
"""

# The first line as buildout writes it, see profiles/base.cfg.
CONFIGURATION = """
%import eakte.login
instancehome {folder}
clienthome {folder}
<zodb_db main>
  <mappingstorage/>
  mount-point /
</zodb_db>
"""

START = """
import sys
from Zope2.Startup.run import configure_wsgi
configure_wsgi(sys.argv[1])
import Zope2
Zope2.app()
from collective.documentviewer.interfaces import ILayer
print("started with", ILayer.__identifier__)
"""


def test_zope_starts_from_a_bare_script(tmp_path):
    """As a worker of a job queue does it: a configuration and nothing else."""
    configuration = tmp_path / "zope.conf"
    configuration.write_text(CONFIGURATION.format(folder=tmp_path))
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "site.zcml").write_text(SITE)

    started = run(
        [sys.executable, "-c", START, str(configuration)],
        capture_output=True,
        text=True,
        env=os.environ | {"EAKTE_VAR": str(tmp_path)},
    )

    assert started.returncode == 0, started.stderr
    assert "started with collective.documentviewer.interfaces.ILayer" in started.stdout
    assert "Traceback" not in started.stderr
