from base64 import b64encode
from eakte.capture import tus
from eakte.mailitem.store import mail_store
from eakte.scans.interfaces import IScanPages
from hashlib import sha256
from pathlib import Path
from tests.capture.papers import pdf
from ZODB.POSException import ConflictError

import os
import transaction


TUS = {"Tus-Resumable": "1.0.0"}


def announced(client, address, content, **said):
    metadata = {"filename": "groß.pdf", **said}
    return client.post(
        f"{address}/@tus-upload",
        headers={
            **TUS,
            "Upload-Length": str(len(content)),
            "Upload-Metadata": ",".join(
                f"{name} {b64encode(value.encode()).decode()}"
                for name, value in metadata.items()
            ),
        },
    )


def send(client, place, content, offset):
    return client.patch(
        place,
        data=content,
        headers={
            **TUS,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        },
    )


def the_items():
    transaction.begin()
    return list(mail_store().objectValues())


def left_over():
    return list(Path(os.environ["TUS_TMP_FILE_DIR"]).iterdir())


def test_a_file_in_pieces_becomes_one_mail_item(session, address):
    client, content = session("oskar"), pdf()
    answer = announced(client, address, content, team="a1", sender="Amtsgericht")
    assert answer.status_code == 201
    place = answer.headers["Location"]
    assert send(client, place, content[:500], 0).headers["Upload-Offset"] == "500"
    assert client.head(place, headers=TUS).headers["Upload-Offset"] == "500"
    assert the_items() == []

    done = send(client, place, content[500:], 500)
    assert done.status_code == 204
    (item,) = the_items()
    assert done.headers["Location"] == item.absolute_url()
    assert item.scan.data == content
    assert item.scan.filename == "groß.pdf"
    assert item.scan.contentType == "application/pdf"
    assert (item.team, item.sender, item.channel) == ("a1", "Amtsgericht", "interface")
    assert IScanPages(item).sha256 == sha256(content).hexdigest()
    assert left_over() == []


def test_a_piece_that_is_sent_again_is_stored_once(session, address):
    client, content = session("oskar"), pdf()
    place = announced(client, address, content).headers["Location"]
    for _ in range(2):
        send(client, place, content[:500], 0)
    send(client, place, content[500:], 500)
    (item,) = the_items()
    assert item.scan.data == content


def test_nobody_goes_on_with_what_somebody_else_announced(session, address):
    mine, other, content = session("oskar"), session("fachverfahren"), pdf()
    # Who announces it says not who that is.
    place = announced(mine, address, content, owner="fachverfahren").headers["Location"]
    send(mine, place, content[:500], 0)
    assert other.head(place, headers=TUS).status_code == 404
    for begin in (0, 500):
        assert send(other, place, b"%" * 500, begin).status_code == 404
    assert mine.head(place, headers=TUS).headers["Upload-Offset"] == "500"
    send(mine, place, content[500:], 500)
    (item,) = the_items()
    assert item.scan.data == content


def test_a_piece_after_a_gap_is_refused(session, address):
    client, content = session("oskar"), pdf()
    place = announced(client, address, content).headers["Location"]
    answer = send(client, place, content[500:], 500)
    assert answer.status_code == 409
    assert the_items() == []


def test_a_conflict_with_the_last_piece_loses_nothing(session, address, monkeypatch):
    real, conflicts = tus.take_in, [ConflictError()]

    def take_in(path, **options):
        item = real(path, **options)
        if conflicts:
            raise conflicts.pop()
        return item

    monkeypatch.setattr(tus, "take_in", take_in)
    client, content = session("oskar"), pdf()
    place = announced(client, address, content).headers["Location"]
    send(client, place, content[:500], 0)
    assert send(client, place, content[500:], 500).status_code == 204
    (item,) = the_items()
    assert item.scan.data == content
    assert left_over() == []


def test_an_empty_file_is_complete_at_once(session, address):
    answer = announced(session("oskar"), address, b"")
    (item,) = the_items()
    assert answer.headers["Location"] == item.absolute_url()
    assert item.scan.getSize() == 0


def test_what_is_wrong_is_said_before_the_file_is_sent(session, address):
    answer = announced(session("oskar"), address, pdf(), team="a9")
    assert answer.status_code == 400
    assert left_over() == []


def test_the_same_file_again_is_flagged(session, address):
    client, content = session("oskar"), pdf()
    for _ in range(2):
        place = announced(client, address, content).headers["Location"]
        send(client, place, content, 0)
    flags = [IScanPages(item).duplicate_of for item in the_items()]
    assert len([flag for flag in flags if flag]) == 1


def test_only_who_takes_in_mail_may_announce_a_file(session, address):
    assert announced(session("anna"), address, pdf()).status_code == 401
