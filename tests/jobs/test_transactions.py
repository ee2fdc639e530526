from eakte.jobs.transactions import transact
from zope.component.hooks import getSite
from zope.globalrequest import getRequest

import pytest
import subprocess
import sys


def test_a_verb_sees_the_site_with_all_rights_and_a_request(db):
    from AccessControl import getSecurityManager

    def look(site):
        assert getSite() is site
        assert site.REQUEST is getRequest()
        return getSecurityManager().getUser().getUserName()

    assert transact(db, look, site_id="site") == "System Processes"
    assert getSite() is None
    assert getRequest() is None


def test_the_system_user_is_there_however_early_the_room_is_entered():
    # The server's configuration names our filter, so it comes in before Zope.
    code = "import eakte.jobs.transactions as t; assert t.system is not None"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_a_failed_verb_changed_is_gone(db):
    def change_and_fail(site):
        site.title = "changed"
        raise OSError("no toner")

    with pytest.raises(OSError):
        transact(db, change_and_fail, site_id="site")
    assert transact(db, lambda site: site.title, site_id="site") == ""


def test_what_is_only_read_is_not_committed(db):
    def change(site):
        site.title = "changed"

    transact(db, change, site_id="site", commit=False)
    assert transact(db, lambda site: site.title, site_id="site") == ""


def test_a_site_that_is_gone_is_told(db):
    with pytest.raises(KeyError):
        transact(db, lambda site: None, site_id="another")
