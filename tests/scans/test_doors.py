"""A scan is reached through no address but with the right to read it, and never runs."""

from AccessControl.Permission import Permission
from base64 import b64encode
from eakte.mailitem.states import State
from eakte.scans.delivery import SEAL
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.builders import a_case_file
from tests.builders import as_system
from tests.scans.conftest import PASSWORD
from urllib.parse import urlsplit

import pytest
import socket
import transaction


PLONE_S = [
    "@@download",
    "@@download/scan",
    "@@download/scan/scan.pdf",
    "@@download/scan/other.html",
    "@@display-file",
    "@@display-file/scan",
    "@@display-file/scan/scan.pdf",
    "@@view/++widget++form.widgets.IScan.scan/@@download/scan.pdf",
]
"""Addresses of Plone's at which it gives the file of a content object."""

CLOSED = [
    "@@download/file",
    "@@download/scan/a/b",
    "@@display-file/title",
    "@@images",
    "@@images/scan",
    "@@images/scan.pdf",
    "@@images/scan/mini",
    "scan",
    "scan/data",
    "scan/open",
    "scan/__call__",
    "scan/@@download",
    "scan/@@display-file",
    "scan/contentType",
    "++attribute++scan",
    "manage_DAVget",
    "manage_FTPget",
    "get_size",
    "view/++widget++IScan.scan/@@download/scan.pdf",
    "@@edit/++widget++IScan.scan/@@download/scan.pdf",
    "@@dvpdffiles",
    "@@convert-to-documentviewer",
    "at_download/scan",
]
"""Addresses that others might try, or that Plone has for other kinds of content."""

PAGES = ["@@page/1/180", "@@page/1/700", "@@page-text/1", "@@scan-status"]

OF_THE_VIEWER = [
    "dv_data",
    "dv-search.json?q=antrag",
    "dv-page/1/small",
    "dv-page-text/1",
    "@@viewer-pane",
    "@@archive-copy",
    "@@archive-copy/file",
]

SERVICES = ["@scan", "@pages", "@archive-copy"]


@pytest.fixture(params=["letter", "document"])
def paper(request, a_scan, typed, read_all):
    """A letter of team a1, or a document in a case file of that team."""
    content = typed("Antrag auf Erlaubnis")
    if request.param == "letter":
        paper = a_scan(content, state=State.ROUTED, team="a1")
    else:
        with as_system():
            paper = api.content.create(
                a_case_file(),
                "case_document",
                title="Vermerk",
                scan=NamedBlobFile(content, "application/pdf", "scan.pdf"),
            )
    read_all()
    return paper


@pytest.fixture
def asked(paper, as_user):
    """Returns the answer to someone who asks for an address below the paper."""
    sessions = {}

    def asked(path, user="anna", **headers):
        if user not in sessions:
            sessions[user] = as_user(user)
            # As a browser asks.
            del sessions[user].headers["Accept"]
        return sessions[user].get(
            f"{paper.absolute_url()}/{path}", headers=headers, allow_redirects=False
        )

    return asked


def test_whoever_may_read_gets_the_file_to_be_saved_at_plone_s_addresses(asked, paper):
    for path in ["@@scan", *PLONE_S]:
        answer = asked(path)
        assert answer.content == paper.scan.data, path
        assert answer.headers["Content-Type"] == "application/pdf", path
        assert answer.headers["Content-Disposition"].startswith("attachment;"), path
        assert "scan.pdf" in answer.headers["Content-Disposition"], path


def test_nobody_else_gets_it_there(asked, paper):
    for user in ("alex", "bert", None):
        for path in ["@@scan", *PLONE_S, *PAGES]:
            answer = asked(path, user)
            # From its own addresses Plone leads to the login.
            refused = (302, 401) if path in PLONE_S else (401,)
            assert answer.status_code in refused, (path, user)
            assert not gives_away(answer, paper), (path, user)


def test_whoever_sees_the_cover_data_only_gets_it_nowhere(asked, paper):
    Permission("eakte: Read scan", (), paper).setRoles(("Records Manager",))
    transaction.commit()
    assert asked("", Accept="application/json").status_code == 200
    for path in ["@@scan", *PLONE_S, *PAGES]:
        answer = asked(path)
        refused = (401, 404) if "++widget++" in path else (401,)
        assert answer.status_code in refused, path
        assert not gives_away(answer, paper), path
    for path in CLOSED:
        assert not gives_away(asked(path), paper), path


def gives_away(answer, paper):
    """Say whether something of the file is in the answer, be it in the dress of mail."""
    data = paper.scan.data
    mailed = b64encode(data)[:60] in answer.content.replace(b"\n", b"")
    return data[:60] in answer.content or mailed


def test_no_other_address_gives_the_file_away(asked, paper):
    for user in ("anna", "bert", None):
        for path in CLOSED:
            answer = asked(path, user)
            assert not gives_away(answer, paper), (path, user)
            assert "pdf" not in answer.headers.get("Content-Type", ""), (path, user)


def test_webdav_puts_no_other_file_in_the_place_of_a_scan(asked, paper, as_user):
    before = paper.scan.data
    anna = as_user("anna")
    # With it plone.rest answers, which has no such verb.
    del anna.headers["Accept"]
    answer = anna.put(paper.absolute_url(), data=b"%PDF-1.3 another")
    transaction.begin()

    assert answer.status_code == 405
    assert paper.scan.data == before


def test_every_answer_about_a_scan_is_sealed(asked, paper):
    for path in ["@@scan", *PLONE_S, *PAGES, "@@page/9/700", "@@page-text/x"]:
        for user in ("anna", "bert"):
            if user == "bert" and path in PLONE_S:
                continue
            answer = asked(path, user)
            for name, value in SEAL.items():
                assert answer.headers[name] == value, (path, user)
            assert "private" in answer.headers["Cache-Control"], (path, user)
            if answer.ok and path != "@@scan-status":
                tag = answer.headers["ETag"]
                for known in (tag, f'"other", W/{tag}', "*"):
                    again = asked(path, user, **{"If-None-Match": known})
                    assert (again.status_code, again.content) == (304, b""), path
                    assert again.headers["ETag"] == tag
                    for name, value in SEAL.items():
                        assert again.headers[name] == value, path
                other = asked(path, user, **{"If-None-Match": '"other"'})
                assert (other.status_code, other.content) == (200, answer.content)


def test_what_the_viewer_and_services_are_told_is_sealed_too(asked):
    for path in (*OF_THE_VIEWER, *SERVICES):
        accept = {"Accept": "application/json"} if path in SERVICES else {}
        answer = asked(path, **accept)
        # Nobody asked for the copy yet.
        wanted = 409 if path == "@@archive-copy/file" else 200
        assert answer.status_code == wanted, path
        for name, value in SEAL.items():
            assert answer.headers[name] == value, path
        assert "private" in answer.headers["Cache-Control"], path


@pytest.fixture
def heard(paper, as_user):
    """Returns all bytes that come after the head of the answer to a HEAD."""
    as_user("anna")
    place = urlsplit(paper.absolute_url())
    user = b64encode(f"anna:{PASSWORD}".encode()).decode()

    def heard(path, accept="*/*"):
        request = (
            f"HEAD {place.path}/{path} HTTP/1.1\r\nHost: {place.netloc}\r\n"
            f"Authorization: Basic {user}\r\nAccept: {accept}\r\n"
            "Connection: close\r\n\r\n"
        )
        with socket.create_connection((place.hostname, place.port), 60) as line:
            line.sendall(request.encode())
            answer = line.makefile("rb").read()
        head, _, rest = answer.partition(b"\r\n\r\n")
        return head, rest

    return heard


def test_whoever_asks_for_the_head_gets_the_size_and_nothing_else(asked, heard):
    # What came after it would be taken for the next answer on the line.
    for path in ("@@scan", *PLONE_S[:1], *PAGES, "dv-page-text/1", "dv_data"):
        head, rest = heard(path)
        size = len(asked(path).content)
        assert b" 200 " in head.splitlines()[0], path
        assert f"content-length: {size}".encode() in head.lower(), path
        assert rest == b"", path


def test_no_address_below_a_scan_answers_a_head_with_a_body(heard):
    for path in ("", "view", *OF_THE_VIEWER, "documentviewer", "pdf", *CLOSED[:12]):
        head, rest = heard(path)
        assert head.startswith(b"HTTP/1.1 "), path
        assert rest == b"", path
    for path in ("", "../@search", *SERVICES):
        assert heard(path, "application/json")[1] == b"", path


def test_pages_are_shown_and_have_a_name_to_be_saved_by(asked):
    assert asked("@@page/1/700").headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''scan-001.jpg"
    )
    assert asked("@@page-text/1").headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''scan-001.json"
    )
    assert asked("dv-page-text/1").headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''scan-001.txt"
    )


@pytest.fixture
def plain_file(functional_portal):
    """Returns a File of Plone's own that every member may see."""

    def plain_file(content, content_type, name):
        with as_system():
            file = api.content.create(
                functional_portal,
                "File",
                title="Ablage",
                file=NamedBlobFile(content, content_type, name),
            )
        file.manage_permission("View", ["Member"], acquire=0)
        transaction.commit()
        return file

    return plain_file


@pytest.mark.parametrize(
    "path",
    [
        "@@scan",
        "@@download",
        "@@download/file/a.pdf",
        "@@display-file",
        "@@display-file/file",
        "@@images/file",
    ],
)
def test_a_pdf_in_plone_s_file_is_saved_and_only_by_whoever_may_see_it(
    plain_file, typed, as_user, path
):
    content = typed("Merkblatt")
    file = plain_file(content, "application/pdf", "merkblatt.pdf")
    address = f"{file.absolute_url()}/{path}"

    answer = as_user("anna").get(address)
    if path == "@@images/file" and answer.status_code == 404:
        # Plone scales images only.
        return
    assert answer.content == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    for name, value in SEAL.items():
        assert answer.headers[name] == value
    stranger = as_user().get(address, allow_redirects=False)
    assert stranger.status_code in (302, 401)
    assert b"%PDF" not in stranger.content


def test_what_a_file_of_plone_s_says_of_itself_runs_nothing(plain_file, as_user):
    evil = b"<script>alert(document.domain)</script>"
    file = plain_file(evil, "text/html", "evil.html")
    for path in ("@@scan", "@@download", "@@display-file", "@@images/file"):
        answer = as_user("anna").get(f"{file.absolute_url()}/{path}")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.ok:
            assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_a_picture_of_plone_s_is_shown_as_plone_shows_it(plain_file, scanned, as_user):
    file = plain_file(scanned("Plakat"), "image/png", "plakat.png")
    answer = as_user("anna").get(f"{file.absolute_url()}/@@display-file")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline;")
