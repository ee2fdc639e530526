"""An engine for all tests, and a stationer who makes small scans."""

from eakte.scanning.engine import Engine
from eakte.scanning.model import Limits
from pathlib import Path
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from PIL import Image

import io
import pikepdf
import pytest


MATERIAL = Path(__file__).parents[3] / "shared" / "material"

LETTER = (
    "Landkreis Musterhausen",
    "Der Kreisausschuss",
    "",
    "Sehr geehrte Frau Yilmaz,",
    "über Ihren Antrag auf Verlängerung der Aufenthaltserlaubnis",
    "wird nach Vorlage der fehlenden Unterlagen entschieden.",
    "Bitte reichen Sie den Mietvertrag bis zum 14. August ein.",
)


@pytest.fixture(scope="session")
def engine():
    with Engine(2) as engine:
        yield engine


@pytest.fixture(scope="session")
def material():
    if not MATERIAL.is_dir():
        pytest.skip("shared/material is not beside the checkout")
    return MATERIAL


@pytest.fixture
def office():
    """An engine of one child with little memory and time."""
    limits = Limits(memory_bytes=384 * 1024**2, seconds_render=30, seconds_recognise=30)
    with Engine(1, limits) as engine:
        yield engine


@pytest.fixture
def letter():
    """The lines of a typed letter."""
    return LETTER


@pytest.fixture
def stationer(tmp_path, engine):
    return Stationer(tmp_path, engine)


class Stationer:
    """Makes PDF files: pages typed, scanned, or scanned with text laid under."""

    def __init__(self, folder, engine):
        self.folder = folder
        self.engine = engine
        self.pdf = pikepdf.new()

    def typed(self, lines, rotate=0, render_mode=0, size=(595, 842), angle=0):
        """Add a typed page.

        :param render_mode: of the text; 3 is invisible (ISO 32000-1, 9.3.6).
        :param angle: degrees, 0 or 90: of the text on the page, counterclockwise.
        """
        self.pdf.add_blank_page(page_size=size)
        page = self.pdf.pages[-1]
        page.Rotate = rotate
        self._font(page)
        page.Contents = pikepdf.Stream(
            self.pdf, self._text(lines, render_mode, size, angle)
        )
        return self

    def scanned(self, lines, turn=0, under=None, stamp=None, dpi=300):
        """Add a page that is an image of a typed one.

        :param turn: degrees clockwise that the paper lay in the scanner.
        :param under: lines laid invisibly under the image, as scanners do.
        :param stamp: lines typed visibly over it.
        """
        other = Stationer(self.folder, self.engine).typed(lines)
        jpeg = self.engine.render(other.saved("typed.pdf"), 1, round(595 / 72 * dpi))
        image = Image.open(io.BytesIO(jpeg)).convert("L").rotate(-turn, expand=True)
        return self.image(image, under, stamp)

    def image(self, image, under=None, stamp=None):
        """Add a page that is covered by a grey image, A4 upright or on its side."""
        size = (595, 842) if image.width < image.height else (842, 595)
        self.pdf.add_blank_page(page_size=size)
        page = self.pdf.pages[-1]
        self._font(page)
        page.Resources.XObject = Dictionary(
            Im=self.pdf.make_indirect(
                pikepdf.Stream(
                    self.pdf,
                    image.tobytes(),
                    Type=Name.XObject,
                    Subtype=Name.Image,
                    Width=image.width,
                    Height=image.height,
                    ColorSpace=Name.DeviceGray,
                    BitsPerComponent=8,
                )
            )
        )
        content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q\n".encode()
        content += self._text(under or (), 3, size)
        content += self._text(stamp or (), 0, size)
        page.Contents = pikepdf.Stream(self.pdf, content)
        return self

    def field(self, value):
        """Add a page with a form's field that a person has filled in."""
        self.typed(())
        field = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="name",
                V=value,
                Rect=Array([100, 700, 400, 724]),
                F=4,
                DA="/F 14 Tf 0 g",
            )
        )
        page = self.pdf.pages[-1]
        page.Annots = Array([field])
        self.pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            DR=page.Resources,
            DA="/F 14 Tf 0 g",
            NeedAppearances=True,
        )
        return self

    def saved(self, name="scan.pdf", **kwargs):
        """Write the file and return its path."""
        path = self.folder / name
        self.pdf.save(path, compress_streams=True, **kwargs)
        return path

    def _font(self, page):
        page.Resources = Dictionary(
            Font=Dictionary(
                F=self.pdf.make_indirect(
                    Dictionary(
                        Type=Name.Font,
                        Subtype=Name.Type1,
                        BaseFont=Name.Helvetica,
                        Encoding=Name.WinAnsiEncoding,
                    )
                )
            )
        )

    def _text(self, lines, render_mode, size, angle=0):
        _, height = size
        matrix = f"1 0 0 1 70 {height - 90}" if not angle else "0 1 -1 0 90 70"
        parts = [f"BT /F 13 Tf {render_mode} Tr 22 TL {matrix} Tm".encode()]
        for line in lines:
            text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            parts.append(b"(" + text.encode("cp1252") + b") '")
        return b"\n".join([*parts, b"ET\n"])
