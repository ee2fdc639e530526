"""The examples of docs/rest are what really is answered."""

from ..builders import a_case_file
from .boxes import record_boxes
from .closing import record_closing
from .deadlines import record_deadlines
from .deputies import record_deputyships
from .guests import record_guests
from .many import record_many
from .recording import DOCS
from .recording import EXAMPLE
from .recording import Recorder
from .recording import recording_is_asked_for
from .recording import shown
from base64 import b64encode
from datetime import date
from datetime import datetime
from datetime import UTC
from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from fpdf import FPDF

import pytest
import transaction


def a_letter():
    """Return a letter of one page as a PDF, the same bytes each time."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2026, 3, 2, 9, tzinfo=UTC))
    pdf.set_font("helvetica", size=14)
    pdf.add_page()
    pdf.multi_cell(0, 10, "Antrag auf Verlängerung der Aufenthaltserlaubnis")
    return bytes(pdf.output())


@pytest.fixture
def read_scans(site):
    """Let the worker do all that waits."""

    def read_scans():
        transaction.commit()
        run_pending(site._p_jar.db(), work_folder())
        transaction.begin()

    return read_scans


def test_the_examples_are_what_is_answered(site, client, read_scans, tmp_path):
    lotte, anna, bert = client("lotte"), client("anna"), client("bert")
    system = client("fachverfahren")
    record = Recorder(site.absolute_url())
    case_file = a_case_file(
        team="a1",
        family_name="Haddad",
        given_name="Rania",
        birth_date=date(1990, 3, 14),
        azr_number="900314123456",
        aliases=["Rania al-Hadad"],
        opened=date(2026, 3, 2),
    )
    transaction.commit()

    record("office", anna, "GET", "@office")
    record("jobs", lotte, "GET", "@jobs")
    at = record(
        "intake",
        system,
        "POST",
        "posteingang/@intake?name=antrag.pdf&sender=Rania%20Haddad&received=2026-03-02",
        data=a_letter(),
        headers={"Content-Type": "application/pdf"},
    ).headers["Location"]
    upload(record, system)
    read_scans()

    record("mail-box", lotte, "GET", "@mail-box?box=mailroom&state=captured&b_size=1")
    record("write-letter", lotte, "PATCH", at, json={"title": "Antrag"})
    record("check", lotte, "POST", f"{at}/@workflow/check")
    record("release", lotte, "POST", f"{at}/@workflow/release")
    record("route", lotte, "POST", f"{at}/@route", json={"team": "a1"})
    record("error-401", bert, "GET", at)
    record("error-400", anna, "POST", f"{at}/@route", json={"team": "a9"})
    record("error-403", anna, "PATCH", at, json={"team": "a2"})
    record("error-404", anna, "GET", "posteingang/pe-2026-999999")
    record("letter", anna, "GET", at)
    record("scan", anna, "GET", f"{at}/@scan")
    record("pages", anna, "GET", f"{at}/@pages")
    record("page-text", anna, "GET", f"{at}/@@page-text/1")
    record("archive-copy-post", anna, "POST", f"{at}/@archive-copy")
    read_scans()
    record("archive-copy", anna, "GET", f"{at}/@archive-copy")
    record("who-may-see", anna, "GET", f"{at}/@who-may-see")
    record("accept", anna, "POST", f"{at}/@accept")
    record("suggestions", anna, "GET", "@case-file-suggestions?text=rania%20hadad")
    body = {"case_file": case_file.reference}
    filed = record("file", anna, "POST", f"{at}/@file", json=body).headers["Location"]
    record("routing-history", anna, "GET", f"{filed}/@routing-history")
    record("search", anna, "GET", "@search?SearchableText=verl%C3%A4ngerung")
    record("closing", anna, "GET", f"{case_file.absolute_url()}/@closing")
    record("error-409", anna, "POST", f"{case_file.absolute_url()}/@workflow/close")
    record("settle", anna, "POST", f"{filed}/@workflow/settle")
    record("close", anna, "POST", f"{case_file.absolute_url()}/@workflow/close")

    steps = "kind=filed&kind=step&b_size=2"
    tom, dora = client("tom"), client("dora")
    record("journal", tom, "GET", f"{case_file.absolute_url()}/@journal?{steps}")
    body = {"reason": "Auskunft nach Art. 15 DSGVO"}
    word = record("journal-reason", dora, "POST", "@journal", json=body).json()
    asked = f"consultation={word['consultation']}&reference={case_file.reference}"
    record("journal-office", dora, "GET", f"@journal?{asked}&{steps}")
    record("error-403-journal", dora, "GET", f"@journal?{steps}")

    for name in ("open-case-file", "set-aside"):
        at = another_letter(lotte, system)
        bodies = {
            "open-case-file": {
                "unit": "10.1",
                "title": "Aufenthaltserlaubnis",
                "family_name": "Yılmaz",
                "given_name": "Ayşe",
            },
            "set-aside": {"to": "unclear", "reason": "Kein Name zu erkennen"},
        }
        record(name, anna, "POST", f"{at}/@{name}", json=bodies[name])
    made = record(
        "case-file",
        anna,
        "POST",
        "akten",
        json={
            "@type": "case_file",
            "unit": "10.1",
            "title": "Niederlassungserlaubnis",
            "team": "a1",
            "family_name": "Nguyễn",
            "opened": "2026-03-02",
        },
    )

    record_deputyships(record, anna, tom)
    record_deadlines(record, made.headers["Location"], anna, tom)
    record_many(record, anna, [another_letter(lotte, system) for _ in range(2)])
    record_boxes(record, anna, client("hanna"))
    record_guests(record, client, made.json(), tmp_path)
    record_closing(record, client, made.json())

    if recording_is_asked_for():
        record.write()
    assert record.differences() == []


def upload(record, system):
    """Bring a large file in pieces, see https://tus.io/protocols/resumable-upload."""
    content = a_letter()
    told = {"filename": "anlage.pdf", "content-type": "application/pdf"}
    metadata = ",".join(
        f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items()
    )
    version = {"Tus-Resumable": "1.0.0"}
    at = record(
        "tus-create",
        system,
        "POST",
        "posteingang/@tus-upload",
        headers={
            **version,
            "Upload-Length": str(len(content)),
            "Upload-Metadata": metadata,
        },
    ).headers["Location"]
    half = len(content) // 2
    for name, start, piece in (
        ("tus-first", 0, content[:half]),
        ("tus-last", half, content[half:]),
    ):
        record(
            name,
            system,
            "PATCH",
            at,
            data=piece,
            headers={
                **version,
                "Upload-Offset": str(start),
                "Content-Type": "application/offset+octet-stream",
            },
        )


def another_letter(lotte, system):
    """Return the address of one more letter in the box of team a1."""
    body = {"@type": "mail_item", "title": "Antrag", "received": "2026-03-02"}
    at = system.post("posteingang", json=body).json()["@id"]
    for step in ("check", "release"):
        lotte.post(f"{at}/@workflow/{step}")
    lotte.post(f"{at}/@route", json={"team": "a1"})
    return at


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_the_documentation_shows_the_examples_as_recorded(page):
    text = page.read_text("utf-8")
    assert shown(text) == text


def test_every_example_is_shown_somewhere():
    pages = [page.read_text("utf-8") for page in DOCS.glob("*.md")]
    named = {match[1] for page in pages for match in EXAMPLE.findall(page)}
    recorded = {path.stem for path in (DOCS / "examples").iterdir()}
    assert named == recorded
