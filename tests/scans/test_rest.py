from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.states import State
from eakte.scans.delivery import SEAL
from eakte.scans.interfaces import IScanPages

import transaction


def test_what_is_known_of_a_scan(a_scan, typed, read_all, as_user):
    content = typed("Antrag", "Anlage")
    item = a_scan(content, state=State.ROUTED, team="a1")
    read_all()
    answer = as_user("anna").get(f"{item.absolute_url()}/@scan").json()

    assert answer["status"] == "done"
    assert (answer["page_count"], answer["pages_done"]) == (2, 2)
    assert (answer["problem"], answer["findings"]) == (None, [])
    assert answer["size"] == len(content)
    assert answer["content-type"] == "application/pdf"
    assert answer["sha256"] == IScanPages(item).sha256


def test_what_is_known_of_a_scan_is_kept_by_nobody(a_scan, typed, read_all, as_user):
    item = a_scan(typed("Antrag"), state=State.ROUTED, team="a1")
    read_all()
    anna = as_user("anna")
    for service in ("@scan", "@pages"):
        answer = anna.get(f"{item.absolute_url()}/{service}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        for name, value in SEAL.items():
            assert answer.headers[name] == value


def test_pages_come_in_batches_with_their_addresses(a_scan, typed, read_all, as_user):
    item = a_scan(typed(*["Seite"] * 30), state=State.ROUTED, team="a1")
    read_all()
    anna = as_user("anna")
    answer = anna.get(f"{item.absolute_url()}/@pages?b_start=25&b_size=25").json()

    assert answer["items_total"] == 30
    assert [page["number"] for page in answer["items"]] == [26, 27, 28, 29, 30]
    assert "prev" in answer["batching"]
    page = answer["items"][0]
    assert page["status"] == "done"
    assert page["height"] > page["width"] > 500
    assert anna.get(page["images"]["180"]).status_code == 200
    assert anna.get(page["@id"]).json()["text"].strip() == "Seite"


def test_a_locked_scan_is_unlocked(a_scan, typed, read_all, as_user):
    item = a_scan(typed("Geheim", password="Sesam"), state=State.ROUTED, team="a1")
    read_all()
    anna, address = as_user("anna"), f"{item.absolute_url()}/@scan-unlock"
    refused = anna.post(address, json={"password": "Bohne"})
    assert refused.status_code == 400
    assert anna.post(address, json={}).status_code == 400

    assert anna.post(address, json={"password": "Sesam"}).json()["status"] == "waiting"
    transaction.begin()
    read_all()
    assert IScanPages(item).text().strip() == "Geheim"
    assert [e.step for e in IRoutingHistory(item).entries()][-1:] == ["unlock"]
    for answer in ("", "/@scan", "/@pages", "/@routing-history"):
        assert "Sesam" not in anna.get(f"{item.absolute_url()}{answer}").text


def test_a_retry_is_asked_for(a_scan, read_all, as_user):
    item = a_scan(b"no scan", state=State.ROUTED, team="a1")
    read_all()
    anna, bert = as_user("anna"), as_user("bert")
    address = f"{item.absolute_url()}/@scan-retry"

    assert bert.post(address).status_code == 401
    assert anna.post(address).json()["status"] == "waiting"
    transaction.begin()
    assert read_all() == 1
    assert IScanPages(item).problem == "unsupported"


def test_one_page_is_read_anew(a_scan, typed, read_all, as_user):
    item = a_scan(typed("Eins", "Zwei"), state=State.ROUTED, team="a1")
    read_all()
    anna, base = as_user("anna"), item.absolute_url()
    before = anna.get(f"{base}/@@page-text/2").headers["ETag"]
    answer = anna.post(f"{base}/@scan-retry", json={"pages": [2]}).json()

    assert (answer["status"], answer["pages_done"]) == ("waiting", 1)
    pages = anna.get(f"{base}/@pages").json()["items"]
    assert [page["status"] for page in pages] == ["done", "waiting"]
    transaction.begin()
    read_all()
    again = anna.get(f"{base}/@@page-text/2")
    assert again.json()["text"].strip() == "Zwei"
    assert again.headers["ETag"] == before, "the same words, the same name"


def test_a_page_that_is_not_there_is_named(a_scan, typed, read_all, as_user):
    item = a_scan(typed("Eins"), state=State.ROUTED, team="a1")
    read_all()
    anna, address = as_user("anna"), f"{item.absolute_url()}/@scan-retry"
    for wrong in ([2], 2, "1", {"a": 1}, [[1]]):
        answer = anna.post(address, json={"pages": wrong})
        assert answer.status_code == 400, wrong
        assert answer.json()["reasons"]
    assert anna.post(address, json={"pages": 1}).status_code == 200
