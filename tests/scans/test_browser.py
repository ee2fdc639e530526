from AccessControl.Permission import Permission
from eakte.jobs.var import var_folder
from eakte.mailitem.states import State
from eakte.scanning.errors import Busy
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import TimedOut
from eakte.scans import images
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from PIL import Image
from tests.builders import put_in_state

import io
import pytest
import shutil
import time
import transaction


@pytest.fixture
def letter(a_scan, typed, read_all):
    """A letter of two pages that was routed to team a1, and read."""
    item = a_scan(
        typed("Antrag auf Erlaubnis", "Anlage"), state=State.ROUTED, team="a1"
    )
    read_all()
    return item


@pytest.fixture
def asked(letter, as_user):
    """Returns the answer to someone who asks for an address below the letter."""
    sessions = {}

    def asked(path, user="anna", **headers):
        if user not in sessions:
            sessions[user] = as_user(user)
        return sessions[user].get(
            f"{letter.absolute_url()}/{path}", headers=headers, allow_redirects=False
        )

    return asked


def kept_images():
    return [each.name for each in (var_folder() / "cache" / "pages").rglob("*.jpg")]


@pytest.fixture(autouse=True)
def empty_cache(functional_portal):
    shutil.rmtree(var_folder() / "cache", ignore_errors=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_shown_as_wide_as_the_viewer_asks(asked, width):
    answer = asked(f"@@page/2/{width}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).width == width


def test_a_request_makes_one_page_and_the_next_takes_it_from_the_disk(asked, letter):
    first = asked("@@page/1/700")
    sha256 = IScanPages(letter).sha256
    assert kept_images() == [f"{sha256}-1-700.jpg"]

    [path] = (var_folder() / "cache" / "pages").rglob("*.jpg")
    path.write_bytes(b"from the disk")
    assert asked("@@page/1/700").content == b"from the disk"
    shutil.rmtree(var_folder() / "cache")
    assert asked("@@page/1/700").content == first.content


def test_what_the_browser_has_is_not_sent_again(asked):
    tag = asked("@@page/1/180").headers["ETag"]
    again = asked("@@page/1/180", **{"If-None-Match": tag})
    other = asked("@@page/1/180", **{"If-None-Match": '"something else"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "@@page/3/700",
        "@@page/0/700",
        "@@page/-1/700",
        "@@page/²/700",
        "@@page/1/701",
        "@@page/1",
        "@@page",
        "@@page/1/700/1",
        "@@page-text/3",
        "@@page-text/one",
        "@@page-text",
        "@@scan/other",
    ],
)
def test_what_is_not_there_is_not_found(asked, path):
    assert asked(path).status_code == 404


ADDRESSES = [
    "@@page/1/700",
    "@@page-text/1",
    "@@scan",
    "@@scan-status",
    "@scan",
    "@pages",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_only_the_team_reads_its_letter(asked, path):
    assert asked(path, "anna").status_code == 200
    assert asked(path, "alex").status_code == 401, "another team"
    assert asked(path, "bert").status_code == 401, "another department"
    assert asked(path, None).status_code == 401, "nobody"


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_administrator_reads_no_content(functional_portal, asked, as_user, path):
    from plone.app.testing import SITE_OWNER_NAME
    from plone.app.testing import SITE_OWNER_PASSWORD

    answer = asked("@@scan-status", None)
    session = as_user()
    session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    url = answer.url.removesuffix("@@scan-status")
    assert session.get(url + path, allow_redirects=False).status_code == 401


def test_a_page_that_the_browser_has_is_refused_when_the_right_is_gone(asked, letter):
    tag = asked("@@page/1/180").headers["ETag"]
    put_in_state(letter, "mail_item_workflow", State.BLOCKED)
    transaction.commit()

    assert asked("@@page/1/180", **{"If-None-Match": tag}).status_code == 401


@pytest.mark.parametrize(
    "path",
    [*ADDRESSES, "@@download/scan/scan.pdf", "@@download", "@@display-file/scan"],
)
def test_whoever_sees_only_the_cover_data_reaches_the_scan_by_no_address(
    asked, letter, path
):
    Permission("eakte: Read scan", (), letter).setRoles(("Records Manager",))
    transaction.commit()
    plain = asked("")

    assert (plain.status_code, plain.json().get("scan")) == (200, None)
    assert asked(path).status_code == 401


def test_only_the_page_that_cannot_be_made_says_so(asked, monkeypatch):
    class Engine:
        def render(self, path, page, width, password=None):
            if page == 1:
                raise Damaged("The page is damaged.")
            return b"the other page"

    monkeypatch.setattr(images, "viewing_engine", lambda limits: Engine())
    broken = asked("@@page/1/700", **{"Accept-Language": "en"})

    assert broken.status_code == 422
    assert broken.json()["code"] == "damaged"
    assert broken.json()["title"]
    assert "ETag" not in broken.headers
    assert kept_images() == []
    assert asked("@@page/2/700").content == b"the other page"


def test_a_page_that_nobody_has_time_for_is_asked_for_again(asked, monkeypatch):
    class Engine:
        def render(self, path, page, width, password=None):
            raise Busy("All processes are at work.")

    monkeypatch.setattr(images, "viewing_engine", lambda limits: Engine())
    answer = asked("@@page/1/700")

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert kept_images() == []


def test_a_page_that_took_too_long_rests_before_it_is_tried_again(asked, monkeypatch):
    tried = []

    class Engine:
        def render(self, path, page, width, password=None):
            tried.append((page, width))
            if page == 1:
                raise TimedOut("It took longer than 30 seconds.")
            return b"the other page"

    monkeypatch.setattr(images, "viewing_engine", lambda limits: Engine())
    monkeypatch.setattr(images, "_resting", {})
    for width in (700, 180, 700):
        answer = asked(f"@@page/1/{width}")
        assert (answer.status_code, answer.json()["code"]) == (503, "timed-out")
    assert asked("@@page/2/700").content == b"the other page"
    assert tried == [(1, 700), (2, 700)]

    monkeypatch.setattr(images, "monotonic", lambda: time.monotonic() + images.REST)
    asked("@@page/1/180")
    assert tried[2:] == [(1, 180)]


def test_looking_at_pages_writes_nothing_but_the_first_look_of_the_hour(asked, letter):
    paths = ("@@page/1/700", "@@page-text/1", "@@scan", "@@scan-status")
    letter_as_it_is, db = letter._p_serial, letter._p_jar.db()
    for path in paths:
        # The journal notes who looked, at the first look.
        assert asked(path).status_code == 200
    before = db.lastTransaction()
    for path in paths:
        assert asked(path).status_code == 200

    assert db.lastTransaction() == before
    transaction.begin()
    letter._p_activate()
    assert letter._p_serial == letter_as_it_is


def test_the_words_of_a_page_come_with_their_boxes(asked):
    answer = asked("@@page-text/1")
    content = answer.json()

    assert content["number"] == 1
    assert content["status"] == "done"
    assert content["text"].strip() == "Antrag auf Erlaubnis"
    assert [word[0] for word in content["words"]] == ["Antrag", "auf", "Erlaubnis"]
    for _text, left, top, right, bottom, confidence in content["words"]:
        assert 0 < left < right < 1
        assert 0 < top < bottom < 0.2
        assert confidence == 100
    tag = answer.headers["ETag"]
    assert asked("@@page-text/1", **{"If-None-Match": tag}).status_code == 304


def test_a_page_that_waits_can_be_seen_and_says_that_its_text_comes(
    a_scan, typed, as_user
):
    item = a_scan(typed("Antrag"), state=State.ROUTED, team="a1")
    anna, base = as_user("anna"), item.absolute_url()

    assert anna.get(f"{base}/@@page/1/180").status_code == 200
    assert anna.get(f"{base}/@@page/2/180").status_code == 404
    text = anna.get(f"{base}/@@page-text/1")
    assert text.json()["status"] == "waiting"
    assert "ETag" not in text.headers


def test_the_file_is_saved_as_it_came(asked, letter):
    answer = asked("@@scan")

    assert answer.content == letter.scan.data
    assert answer.headers["Content-Type"].startswith("application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "scan.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_the_file_is_sent_to_whoever_asks_for_it(asked, letter):
    answer = asked("@@scan", Range="bytes=5-14")

    assert answer.status_code == 206
    assert answer.content == letter.scan.data[5:15]
    assert answer.headers["Content-Range"].startswith("bytes 5-14/")


def test_the_state_is_told_with_what_is_wrong(a_scan, typed, read_all, as_user):
    item = a_scan(typed("x", password="geheim"), state=State.ROUTED, team="a1")
    read_all()
    answer = as_user("anna").get(f"{item.absolute_url()}/@@scan-status").json()

    assert answer["status"] == "failed"
    assert answer["problem"]["code"] == "encrypted"
    assert answer["problem"]["ways"][0] == "unlock"
    assert answer["findings"] == []
