"""A worded letter and its enclosures become one scan: PDF, fax or photograph."""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import time
from datetime import UTC
from eakte.demo import drawing
from eakte.demo.layout import set_enclosure
from eakte.demo.layout import set_letter
from eakte.demo.scanned import back_of
from eakte.demo.scanned import fax
from eakte.demo.scanned import FAX_DPI
from eakte.demo.scanned import jpeg
from eakte.demo.scanned import PAPERS
from eakte.demo.scanned import photographed
from eakte.demo.scanned import punched
from eakte.demo.scanned import scan
from eakte.demo.typed import typed_cover
from fpdf import FPDF
from io import BytesIO


@dataclass(frozen=True)
class Sender:
    """Who writes: what the letterhead says and how it looks."""

    name: str
    design: str
    unit: str = ""
    street: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    face: str = "sans"
    """Name of the typeface."""
    colour: str = "#202024"
    sign: str = "ring"
    """Shape of a company's sign."""
    block: bool = True
    """Whether there is a reference block; else only the day, above the subject."""
    justified: bool = False
    date_style: str = "short"
    labels: dict = field(default_factory=dict)
    """Names of the lines of the reference block."""
    footer: tuple[str, ...] = ()
    """Columns at the foot; `` / `` parts their lines."""


@dataclass(frozen=True)
class Wording:
    """Everything that stands on one letter, word for word, and how it came."""

    sender: Sender
    to: tuple[str, ...]
    yours: str | None
    """Our reference, if the sender knows it."""
    ours: str | None
    """The sender's own reference."""
    contact: str | None
    date: str
    subject: str
    about: tuple[str, ...]
    opening: str
    body: str
    closing: str
    hand: str | None
    """Name as signed by hand; None if nobody signed."""
    signed: str | None
    role: tuple[str, ...]
    sealed: bool
    enclosures: tuple[str, ...]
    form: str
    """pdf, cover (typed first page, scanned rest), fax or photo."""
    paper: str | None
    stamped: bool
    """Whether the mailroom put its entry stamp on it."""
    note: str | None
    """A colleague's handwritten remark."""
    backs: bool
    """Whether the empty back of the first sheet was scanned too."""
    returned: bool
    """Whether it is a letter of our own that came back."""


@dataclass(frozen=True)
class Enclosure:
    """Something that came with a letter, on sheets of its own."""

    body: str
    title: tuple[str, ...] = ()
    face: str = "sans"
    heading: str = ""
    frame: bool = False
    """Whether it is a form: a frame around it, rules between its rows."""
    wide: bool = False
    """Whether it is set in large type with wide lines, as records are."""
    signed: str | None = None
    sealed: str | None = None
    """Name on the round seal, if it bears one."""
    punched: bool = False
    paper: str | None = None


def write_scan(letter, enclosures, path, chance, *, received, day):
    """Write the letter with its enclosures to ``path``, in the form it came in.

    :param received: the day on the entry stamp.
    :param day: the day on the letter; the file says it was made then.
    """
    paper = letter.paper or chance.choice(sorted(PAPERS))
    sheets = [sheet.image for sheet in _marked(letter, chance, received)]
    pages = [(image, paper, True) for image in sheets]
    if letter.backs:
        pages.insert(1, (back_of(sheets[0]), paper, True))
    for enclosure in enclosures:
        for sheet in set_enclosure(enclosure, chance):
            image = punched(sheet.image, chance) if enclosure.punched else sheet.image
            pages.append((image, enclosure.paper or "white", not enclosure.punched))
    if letter.form == "fax":
        _write_fax(letter, [image for image, _, _ in pages], path, chance, day)
    elif letter.form == "photo":
        path.write_bytes(jpeg(photographed(pages[0][0], chance), quality=75))
    else:
        _write_pdf(letter, pages, path, chance, day)


def _marked(letter, chance, received):
    """Return the letter's sheets with what people put on them later."""
    sheets = set_letter(letter, chance)
    if letter.stamped:
        x, y = (132, 78) if letter.sender.block else (126, 52)
        mark = drawing.entry_stamp(received, chance)
        sheets[0].put(mark, x + chance.uniform(-5, 3), y + chance.uniform(-2, 1))
    if letter.note:
        mark = drawing.note(letter.note, chance)
        sheets[0].put(mark, chance.uniform(70, 88), chance.uniform(34, 38))
    if letter.returned:
        label = drawing.return_label(chance)
        sheets[0].image.paste(label, (drawing.px(60), drawing.px(58)))
    return sheets


def _write_fax(letter, images, path, chance, day):
    pages = fax(
        images, chance, day=day, sender=letter.sender.name, number=letter.sender.phone
    )
    pages[0].save(
        path,
        "TIFF",
        compression="group4",
        dpi=FAX_DPI,
        save_all=True,
        append_images=pages[1:],
    )


def _write_pdf(letter, pages, path, chance, day):
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_creation_date(datetime.combine(day, time(7, 30), UTC))
    pdf.set_producer("Scanner Poststelle")
    pdf.set_auto_page_break(False)
    if letter.form == "cover":
        typed_cover(pdf, letter)
        del pages[0]
    for image, paper, folded in pages:
        scanned = scan(image, chance, paper=paper, folded=folded)
        pdf.add_page()
        # A JPEG goes into the PDF byte for byte, as a scanner puts it there.
        pdf.image(BytesIO(jpeg(scanned)), 0, 0, drawing.WIDTH, drawing.HEIGHT)
    path.write_bytes(bytes(pdf.output()))
