"""No door of a case file opens to who is barred from it."""

from .closed import A_FEW
from .closed import made_and_barred
from .closed import tells_nothing
from .doors import got_bare
from .doors import tells

import pytest


@pytest.fixture(scope="module")
def barred(office):
    """What no test of this module changes."""
    return made_and_barred(office)


@pytest.mark.parametrize("person", ["arno", "rolf"])
def test_who_is_barred_is_answered_as_any_stranger(clients, barred, person):
    """alex, of another team, is as much of a stranger to it."""
    asked, stranger = clients[person], clients["alex"]
    for content in barred:
        for below in (*A_FEW, "@protection", "@barred", "@journal", "@@protection"):
            address = f"{content.absolute_url()}/{below}"
            mine, theirs = got_bare(asked, address), got_bare(stranger, address)
            assert mine.status_code == theirs.status_code, address
            assert not tells(mine), address
            assert "barred" not in mine.text.replace("@barred", ""), address
    tells_nothing(asked, barred)


@pytest.mark.parametrize("person", ["anna", "tom", "hanna"])
def test_the_others_work_on_as_before(clients, barred, person):
    for content in barred:
        assert clients[person].get(content.absolute_url()).status_code == 200
    found = clients[person].get("@search?SearchableText=Zebrawolle").json()
    assert found["items_total"] == 2
    viewers = clients[person].get(f"{barred[0].absolute_url()}/@who-may-see").text
    assert "~not~" not in viewers
    assert "Arno" not in viewers
