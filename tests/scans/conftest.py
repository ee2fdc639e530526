from eakte.jobs.server import work_folder
from eakte.jobs.worker import run_pending
from eakte.scans import recognising
from fpdf import FPDF
from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont
from plone import api
from plone.namedfile.file import NamedBlobFile
from tests.builders import a_mail_item
from tests.builders import as_system

import dataclasses
import io
import pytest
import requests
import transaction


PASSWORD = "Ein-langes-Passwort-1"


@pytest.fixture
def typed():
    """Returns a PDF with one typed page for each text; quick to read."""

    def typed(*texts, password=None):
        pdf = FPDF()
        pdf.set_font("helvetica", size=14)
        if password:
            pdf.set_encryption(owner_password="owner", user_password=password)
        for text in texts:
            pdf.add_page()
            pdf.multi_cell(0, 10, text)
        return bytes(pdf.output())

    return typed


@pytest.fixture
def scanned():
    """Returns a PNG of a page on which the text is drawn; an empty one is blank."""

    def scanned(text=""):
        image = Image.new("L", (1240, 1754), 255)
        font = ImageFont.load_default(size=44)
        ImageDraw.Draw(image).multiline_text((120, 160), text, font=font, spacing=20)
        out = io.BytesIO()
        image.save(out, "PNG", dpi=(150, 150))
        return out.getvalue()

    return scanned


@pytest.fixture
def a_scan(functional_portal):
    """Returns a mail item with this file as its scan."""

    def a_scan(content, name="scan.pdf", **fields):
        with as_system():
            file = NamedBlobFile(content, "application/octet-stream", name)
            return a_mail_item(scan=file, **fields)

    return a_scan


@pytest.fixture
def as_user(functional_portal):
    """Returns ``session(user)``: someone who asks the server, or nobody."""
    sessions = []

    def session(user=None):
        session = requests.Session()
        session.trust_env = False
        session.headers["Accept"] = "application/json"
        if user:
            api.user.get(username=user).setSecurityProfile(password=PASSWORD)
            session.auth = (user, PASSWORD)
        transaction.commit()
        sessions.append(session)
        return session

    yield session
    for each in sessions:
        each.close()


@pytest.fixture
def read_all():
    """Returns a function that commits and lets the worker do all that is due."""

    def read_all(**options):
        transaction.commit()
        db = api.portal.get()._p_jar.db()
        count = run_pending(db, work_folder(), **options)
        transaction.begin()
        return count

    return read_all


@pytest.fixture
def a_paper(a_scan, typed, read_all, monkeypatch):
    """Returns a letter, read, whose pages have these images and confidences."""
    real = recognising.reading_engine

    def a_paper(*pages, **fields):
        class Scanner:
            def __init__(self, engine):
                self.engine = engine

            def read_page(self, path, number, **options):
                image, confidence = pages[number - 1]
                page = self.engine.read_page(path, number, **options)
                return dataclasses.replace(page, image=image, confidence=confidence)

        monkeypatch.setattr(
            recognising,
            "reading_engine",
            lambda processes, limits: Scanner(real(processes, limits)),
        )
        item = a_scan(typed(*["Antrag"] * len(pages)), **fields)
        read_all()
        return item

    return a_paper
