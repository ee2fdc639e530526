"""A letter is set on sheets: address field, reference block, subject, text.

Places follow DIN 5008, form B. The text of a letter is plain, with a few marks
at the beginning of a line: ``# `` a heading, ``- `` an item, ``= name: value``
a row of a table, ``> `` a quotation, ``^ `` a centred heading, ``---`` a new page.
"""

from dataclasses import dataclass
from dataclasses import replace
from eakte.demo import drawing
from eakte.demo.drawing import BLUE_INK
from eakte.demo.drawing import INK
from eakte.demo.drawing import mm
from eakte.demo.drawing import Sheet
from eakte.demo.drawing import wrapped
from eakte.demo.letterheads import colour_of
from eakte.demo.letterheads import GREY
from eakte.demo.letterheads import printed
from eakte.demo.typefaces import HAND
from eakte.demo.typefaces import SANS
from eakte.demo.typefaces import TYPEFACES
from eakte.demo.typefaces import written_by_hand


LEFT, RIGHT = 25.0, 188.0
BOTTOM = 268.0
POINT = 25.4 / 72
ONE_LINE = ("# ", "^ ", "= ")
MARKS = (*ONE_LINE, "- ", "> ")


@dataclass
class Flow:
    """Text that runs down the sheets and takes a new one when the last is full."""

    sheets: list
    face: object
    chance: object
    heading: str = ""
    """Stands at the upper edge of every further sheet."""
    y: float = 103.0
    colour: tuple = INK
    justified: bool = False
    left: float = LEFT

    @property
    def line(self):
        """Distance of two lines in millimetres."""
        return self.face.size * self.face.leading * POINT

    def room(self, height):
        """Take a new sheet unless ``height`` millimetres are left on this one."""
        if self.y + height > BOTTOM:
            self.new_sheet()

    def new_sheet(self):
        self.sheets.append(Sheet())
        self.y = 24.0
        if self.heading:
            page = f"Seite {len(self.sheets)}"
            font = self.face.font(self.face.size - 1.5)
            self.sheets[-1].text(LEFT, 14, self.heading, font, GREY)
            self.sheets[-1].text(RIGHT, 14, page, font, GREY, align="right")
            self.y = 28.0

    def skip(self, lines=1.0):
        self.y += self.line * lines

    def paragraph(self, words, *, bold=False, italic=False, indent=0.0, centred=False):
        """Write a paragraph and leave half a line after it."""
        if self.face is HAND:
            words = written_by_hand(words)
        font = self.face.font(bold=bold, italic=italic)
        left = self.left + indent
        width = RIGHT - left
        lines = list(wrapped(words, font, width))
        if len(lines) > 1:
            self.room(2 * self.line)
        for row, line in enumerate(lines):
            self.room(self.line)
            sheet, y = self.sheets[-1], self.y
            if self.face is HAND:
                x = left + self.chance.uniform(-0.9, 0.9)
                sheet.text(
                    x, y + self.chance.uniform(-0.4, 0.4), line, font, self.colour
                )
            elif centred:
                sheet.text(
                    (left + RIGHT) / 2, y, line, font, self.colour, align="centre"
                )
            elif self.justified and not bold and row < len(lines) - 1:
                sheet.spread(left, y, line, font, width, self.colour)
            else:
                sheet.text(left, y, line, font, self.colour)
            self.y += self.line

    def row(self, name, value, ruled):
        """Write a row of a table, with a fine rule below when the paper is a form."""
        font, strong = self.face.font(), self.face.font(bold=True)
        names = list(wrapped(name, font, 56))
        values = list(wrapped(value, strong, RIGHT - self.left - 60))
        self.room(self.line * max(len(names), len(values)) + 1.5)
        for place, line in enumerate(names):
            self.sheets[-1].text(
                self.left, self.y + place * self.line, line, font, self.colour
            )
        for place, line in enumerate(values):
            self.sheets[-1].text(
                self.left + 60, self.y + place * self.line, line, strong, self.colour
            )
        self.y += self.line * max(len(names), len(values)) + 1.0
        if ruled:
            self.sheets[-1].rule(
                self.left, self.y - 0.3, RIGHT, self.y - 0.3, GREY, 0.1
            )
            self.y += 1.2

    def body(self, text, *, ruled=False):
        """Write a text with its marks; an empty line ends a paragraph."""
        listed = False
        for part in paragraphs(text):
            mark, _, words = part.partition(" ")
            if listed and mark not in "-=":
                self.skip(0.5)
            listed = mark in "-="
            if part == "---":
                self.new_sheet()
            elif mark == "#":
                self.room(3 * self.line)
                self.paragraph(words, bold=True)
                self.skip(0.3)
            elif mark == "^":
                self.paragraph(words, bold=True, centred=True)
                self.skip(0.5)
            elif mark == "-":
                self.room(self.line)
                self.sheets[-1].text(
                    self.left + 1, self.y, "\N{EN DASH}", self.face.font(), self.colour
                )
                self.paragraph(words, indent=6)
                self.skip(0.15)
            elif mark == ">":
                self.paragraph(words, italic=True, indent=12)
                self.skip(0.55)
            elif mark == "=":
                name, _, value = words.partition(": ")
                self.row(name, value, ruled)
            else:
                self.paragraph(part)
                self.skip(0.6)


def paragraphs(text):
    """Yield the parts of a text, each on one line; a mark begins a new part.

    Headings and rows end with their line, items and quotations run on.
    """
    gathered = []
    for line in map(str.strip, [*text.splitlines(), ""]):
        ends = not line or line == "---" or line.startswith(MARKS)
        if gathered and ends:
            yield " ".join(gathered)
            gathered = []
        if line == "---" or line.startswith(ONE_LINE):
            yield line
        elif line:
            gathered.append(line)


def set_letter(letter, chance):
    """Return the letter's own sheets, without its enclosures.

    :param letter: a ``Wording`` whose places are all filled.
    """
    sender = letter.sender
    face = TYPEFACES[sender.face]
    sheets = [Sheet()]
    if face is HAND:
        flow = Flow(sheets, face, chance, y=22.0, colour=BLUE_INK)
        by_hand(letter, flow)
    else:
        printed(sheets[0], sender)
        heading = f"{sender.name} \N{EN DASH} {letter.ours or letter.subject}"[:70]
        flow = Flow(sheets, face, chance, heading, justified=sender.justified)
        address_field(sheets[0], letter, face)
        reference_block(sheets[0], letter, face)
        footer(sheets[0], sender)
        for words in (letter.subject, *letter.about):
            flow.paragraph(words, bold=True)
        if letter.yours and not sender.block:
            flow.paragraph(f"{sender.labels['yours']}: {letter.yours}")
        flow.skip()
    flow.body(letter.opening)
    flow.body(letter.body)
    sign_off(letter, flow)
    return sheets


def by_hand(letter, flow):
    """Put name, day and office at the head of a handwritten letter."""
    sender = letter.sender
    font = flow.face.font()
    lines = (sender.name, sender.street, sender.town)
    for row, words in enumerate(filter(None, lines)):
        words = written_by_hand(words)
        flow.sheets[0].text(LEFT, 18 + 7 * row, words, font, flow.colour)
    flow.sheets[0].text(RIGHT, 32, letter.date, font, flow.colour, align="right")
    for row, words in enumerate(map(written_by_hand, letter.to)):
        flow.sheets[0].text(LEFT, 52 + 7 * row, words, font, flow.colour)
    flow.y = 96.0
    flow.paragraph(letter.subject)
    flow.skip(0.7)


def address_field(sheet, letter, face):
    """Write the return address and the recipient where the window is."""
    sender = letter.sender
    if sender.design != "blank":
        back = " · ".join(filter(None, (sender.name, sender.street, sender.town)))
        small = face.font(6.5)
        sheet.text(LEFT, 45.5, back, small, GREY)
        sheet.rule(LEFT, 48.6, LEFT + mm(small.getlength(back)), 48.6, GREY, 0.1)
    for row, words in enumerate(letter.to):
        size = min(face.size, 11)
        sheet.text(LEFT, 52 + 4.9 * row, words, face.font(size))


def reference_block(sheet, letter, face):
    """Write who writes, under which reference, and on which day."""
    sender = letter.sender
    if not sender.block:
        sheet.text(RIGHT, 92, letter.date, face.font(), align="right")
        return
    labels = sender.labels
    rows = [
        (labels["yours"], letter.yours),
        (labels["ours"], letter.ours),
        (labels["contact"], letter.contact),
        (labels["phone"], sender.phone),
        (labels["email"], sender.email),
        (labels["date"], letter.date),
    ]
    y = 50.0
    for name, value in rows:
        if value:
            sheet.text(125, y, name, face.font(7.5), GREY)
            size = 9.0
            while mm(face.font(size).getlength(value)) > 46:
                size -= 0.5
            sheet.text(146, y - 0.5, value, face.font(size))
            y += 4.9


def footer(sheet, sender):
    """Write the columns at the foot of the first sheet."""
    if not sender.footer:
        return
    sheet.rule(LEFT, 273, RIGHT, 273, colour_of(sender), 0.2)
    step = (RIGHT - LEFT) / len(sender.footer)
    for column, text in enumerate(sender.footer):
        for row, words in enumerate(text.split(" / ")):
            sheet.text(LEFT + step * column, 275 + 3.4 * row, words, SANS.font(7), GREY)


def sign_off(letter, flow):
    """Write the closing formula, signature, seal and list of enclosures."""
    flow.skip(0.4)
    # A closing alone on a sheet looks lost: it stays with its signature.
    flow.room(flow.line * (3 + len(letter.role)) + 17)
    if letter.closing:
        flow.paragraph(letter.closing)
    if letter.hand:
        mark = drawing.signature(letter.hand, flow.chance)
        flow.sheets[-1].put(mark, flow.left - 2 + flow.chance.uniform(0, 8), flow.y - 2)
        if letter.sealed:
            place = flow.left + flow.chance.uniform(58, 72)
            seal = drawing.seal(letter.sender.name.upper(), flow.chance)
            flow.sheets[-1].put(seal, place, min(flow.y - 9, BOTTOM - 12))
        flow.y += 18.5
    else:
        flow.skip()
    for words in filter(None, (letter.signed, *letter.role)):
        flow.paragraph(words)
    if letter.enclosures:
        flow.skip()
        flow.room(flow.line * (1 + len(letter.enclosures)))
        flow.paragraph("Anlagen" if len(letter.enclosures) > 1 else "Anlage", bold=True)
        for words in letter.enclosures:
            flow.paragraph(words)


def set_enclosure(enclosure, chance):
    """Return the sheets of something that came with the letter: a form, a copy."""
    sheets = [Sheet()]
    face = TYPEFACES[enclosure.face]
    if enclosure.wide:
        face = replace(face, size=12, leading=1.9)
    flow = Flow(sheets, face, chance, enclosure.heading, y=24.0, left=LEFT)
    if face is HAND:
        flow.colour = BLUE_INK
    if enclosure.frame:
        sheets[0].box(12, 12, 186, 273, outline=GREY, thickness=0.5)
        flow.y = 34.0
    for words in enclosure.title:
        size = 16 if words == enclosure.title[0] else 11
        font = face.font(size, bold=True)
        sheets[0].text(
            (LEFT + RIGHT) / 2, flow.y, words, font, flow.colour, align="centre"
        )
        flow.y += 9 if size == 16 else 6
    if enclosure.title:
        flow.y += 6
    flow.body(enclosure.body, ruled=enclosure.frame)
    if enclosure.signed:
        flow.room(24)
        flow.skip(0.5)
        mark = drawing.signature(enclosure.signed, chance)
        flow.sheets[-1].put(mark, LEFT + chance.uniform(0, 10), flow.y)
        if enclosure.sealed:
            seal = drawing.seal(enclosure.sealed.upper(), chance)
            flow.sheets[-1].put(seal, LEFT + 95, flow.y - 6)
        flow.y += 20
        flow.sheets[-1].rule(LEFT, flow.y - 3, LEFT + 62, flow.y - 3, GREY, 0.15)
        flow.sheets[-1].text(LEFT, flow.y - 2, "Unterschrift", face.font(7.5), GREY)
    return sheets
