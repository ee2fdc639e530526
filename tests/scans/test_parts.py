"""Parts of a file, as download managers and viewers ask for them: RFC 9110, 14."""

from eakte.mailitem.states import State

import pytest


@pytest.fixture
def ask(a_scan, as_user):
    """Returns the answer to a request for parts of a file of 1,000 bytes."""
    item = a_scan(bytes(range(250)) * 4, state=State.ROUTED, team="a1")
    session = as_user("anna")

    def ask(range_, **headers):
        if range_:
            headers["Range"] = range_
        return session.get(f"{item.absolute_url()}/@@scan", headers=headers)

    return ask


FILE = bytes(range(250)) * 4


@pytest.mark.parametrize(
    "asked, start, end",
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-14", 5, 15),
        ("bytes=990-", 990, 1000),
        ("bytes=-10", 990, 1000),
        ("bytes=990-5000", 990, 1000),
        ("bytes=-5000", 0, 1000),
    ],
)
def test_a_part_is_sent(ask, asked, start, end):
    answer = ask(asked)
    assert answer.status_code == 206
    assert answer.content == FILE[start:end]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/1000"
    assert answer.headers["Content-Length"] == str(end - start)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["ETag"]


def test_a_part_beyond_the_end_is_refused_with_the_size(ask):
    for asked in ("bytes=1000-", "bytes=5000-6000", "bytes=-0"):
        answer = ask(asked)
        assert (answer.status_code, answer.content) == (416, b""), asked
        assert answer.headers["Content-Range"] == "bytes */1000"


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "bytes=9-5", "bytes=a-b", "pages=1-2", "bytes=", "", None],
)
def test_what_cannot_be_sent_as_one_part_is_answered_with_the_whole_file(ask, asked):
    answer = ask(asked)
    assert (answer.status_code, answer.content) == (200, FILE)
    assert answer.headers["Content-Length"] == "1000"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer.headers


def test_a_download_goes_on_only_in_the_same_file(ask):
    tag = ask("").headers["ETag"]

    same = ask("bytes=500-", **{"If-Range": tag})
    assert (same.status_code, same.content) == (206, FILE[500:])
    for other in ('"another"', f"W/{tag}", "Sun, 22 Nov 2026 16:00:00 GMT"):
        whole = ask("bytes=500-", **{"If-Range": other})
        assert (whole.status_code, whole.content) == (200, FILE)


def test_a_part_is_not_sent_to_whoever_has_the_file(ask):
    tag = ask("").headers["ETag"]
    assert ask("bytes=500-", **{"If-None-Match": tag}).status_code == 304
