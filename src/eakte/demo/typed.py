"""A born-digital page: real letters in the PDF, as an electronic mailbox sends them."""

from eakte.demo.layout import paragraphs
from eakte.demo.typefaces import TYPEFACES
from fpdf.enums import Align


def typed_cover(pdf, letter):
    """Add a letter's first page to the PDF as text, not as an image.

    :param pdf: ``fpdf.FPDF`` in millimetres. The text must fit on one page.
    """
    face = TYPEFACES[letter.sender.face]
    for style, bold in (("", False), ("B", True)):
        pdf.add_font("letter", style, face.font(bold=bold).path)
    pdf.add_page()
    pdf.set_margins(25, 20, 22)
    sender = letter.sender
    pdf.set_xy(25, 15)
    pdf.set_font("letter", "B", 15)
    pdf.cell(0, 7, sender.name, align=Align.C, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("letter", "", 9)
    address = " · ".join(filter(None, (sender.unit, sender.street, sender.town)))
    pdf.cell(0, 5, address, align=Align.C)
    pdf.set_font("letter", "", 10.5)
    pdf.set_xy(25, 50)
    pdf.multi_cell(85, 5, "\n".join(letter.to), align=Align.L)
    labels = sender.labels
    rows = (
        (labels["yours"], letter.yours),
        (labels["ours"], letter.ours),
        (labels["date"], letter.date),
    )
    pdf.set_xy(120, 50)
    block = "\n".join(f"{name}: {value}" for name, value in rows if value)
    pdf.multi_cell(70, 5, block, align=Align.L)
    pdf.set_xy(25, 95)
    pdf.set_font("letter", "B", 10.5)
    pdf.multi_cell(0, 5, "\n".join((letter.subject, *letter.about)), align=Align.L)
    pdf.set_font("letter", "", 10.5)
    closing = "\n".join((letter.closing, letter.signed or "", *letter.role))
    for part in (letter.opening, *paragraphs(letter.body), closing):
        pdf.ln(3.5)
        pdf.set_x(25)
        pdf.multi_cell(0, 5, part.removeprefix("- "), align=Align.L)
    if letter.enclosures:
        pdf.ln(4)
        pdf.set_x(25)
        pdf.multi_cell(0, 5, "\n".join(("Anlagen", *letter.enclosures)), align=Align.L)
