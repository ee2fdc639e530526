"""Pages become a searchable PDF/A-2b (ISO 19005-2), in the child process.

Each page goes the first of these ways that leads to a page that conforms:

1. Image files: their compressed pixels as they are, with the words under them.
2. Pages of a PDF as they are, scripts and the like left out. One with text of its own
   keeps that; one that was recognised gets the words, and loses what another
   program laid invisibly under it.
3. The same, with the inks of a press defined, and the invisible text replaced.
4. Scans on which something was typed in a font that is not in the file stay as they
   are; what was typed is drawn, and laid over them as a clear image.
5. Other pages that do not conform (a font is missing, …) are drawn as an image of 300
   dpi, or of the scan's own, with the words under it.
6. Pages that cannot be drawn, or unpack to more than there is memory for, leave a
   crossed sheet.

The image streams of the first four are not decoded, let alone packed anew.
"""

from eakte.scanning import reading
from eakte.scanning.errors import Damaged
from eakte.scanning.errors import ScanError
from eakte.scanning.errors import TooLarge
from eakte.scanning.model import Kind
from eakte.scanning.model import Origin
from eakte.scanning.model import PageSize
from eakte.scanning.raster import POINTS_PER_INCH
from eakte.scanning.raster import READING_DPI
from eakte.scanning.text_layer import Layer
from eakte.scanning.text_layer import numbers
from eakte.scanning.text_layer import RESOURCE
from eakte.scanning.text_layer import turning
from eakte.scanning.tools import colours
from eakte.scanning.tools import conformance
from eakte.scanning.tools import embedding
from eakte.scanning.tools import operators
from eakte.scanning.tools import qpdf
from eakte.scanning.tools import typed
from eakte.scanning.tools import weighing
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream
from pypdfium2 import PdfiumError
from xml.sax.saxutils import escape

import io
import pikepdf


INKS_UNDEFINED = "DEVICE-CMYK"
"""In the names of the rules that a page breaks whose inks nobody defined."""

MOST_DPI = 600
"""To which a scan that must be drawn is drawn: the finest in which offices scan."""

JUDGED_SHARE = 1 / 512
"""Of the memory: a page that unpacks to more is too much for the validator, and drawn.
Measured: 1/256 of the shortest operators ends its process."""

SMALLEST, LARGEST = 3, 14_400
"""Units of a page's side, ISO 19005-2:2011, 6.1.13."""

PRODUCER = "eakte"


class ArchivePages:
    """Turns the pages of one file, one after the other, into pages that conform.

    :param path: bytes.
    """

    def __init__(self, path, password, limits):
        self._path = path
        self._password = password
        self._limits = limits
        self.kind, self.sizes, _ = reading.inspect(path, password, limits)
        self.drawn, self.unreadable = [], []
        self._source = self._opened()
        self._layer = Layer()

    def add(self, pdf, number, text):
        """Append a page to a PDF.

        :param text: its ``PageText``, or None when it was not read.
        :raises ValueError: there is no such page.
        """
        if not 1 <= number <= len(self.sizes):
            raise ValueError(f"No page {number}, there are {len(self.sizes)}")
        if self.kind is not Kind.PDF:
            self._add_image(pdf, number, text)
        elif (weight := self._weight(number)) > weighing.SHARE:
            self._add_crossed(pdf, number)
        elif weight > JUDGED_SHARE or not (
            self._add_kept(pdf, number, text) or self._add_overlaid(pdf, number, text)
        ):
            self._add_drawn(pdf, number, text)

    def finish_part(self, pdf):
        """Put the font of the words under all pages of ``pdf``; begin a new one."""
        font = self._layer.font(pdf)
        for page in pdf.pages:
            named = page.obj.get("/Resources", Dictionary()).get("/Font", {})
            if f"/{RESOURCE}" in named:
                named[f"/{RESOURCE}"] = font
        self._layer = Layer()

    def reopen(self):
        """Let go of what was taken from the file so far."""
        if self._source is not None:
            self._source.close()
            self._source = self._opened()

    def _opened(self):
        if self.kind is not Kind.PDF:
            return None
        path = self._path.decode("utf-8", "surrogateescape")
        try:
            source = qpdf.Source(path, self._password, self._limits.pages)
        except Damaged:
            # PDFium opened it: it forgives more, and draws all pages.
            return None
        return source if source.page_count == len(self.sizes) else None

    def _weight(self, number):
        """Return the share of the memory to which the operators of a page unpack.

        Looked at before: what is too much ends the process, and the whole copy.
        """
        if self._source is None:
            return 0
        memory = self._limits.memory_bytes
        try:
            page = self._source.pdf.pages[number - 1].obj
            return weighing.weight(page, int(memory * weighing.SHARE)) / memory
        except qpdf.UNREADABLE:
            return 0

    def _add_image(self, pdf, number, text):
        path = self._path.decode("utf-8", "surrogateescape")
        size = _within(self.sizes[number - 1])
        count = len(pdf.pages)
        try:
            embedding.add_page(pdf, path, self.kind, number, size, self._limits.pixels)
        except ScanError:
            del pdf.pages[count:]
            self._add_crossed(pdf, number)
            return
        self._lay(pdf, text)

    def _add_kept(self, pdf, number, text):
        page = self._page(number)
        if page is None:
            return False
        try:
            if operators.fonts_are_missing(page):
                return False
            return self._kept(pdf, page, text)
        except qpdf.UNREADABLE:
            return False

    def _kept(self, pdf, page, text):
        has_own = text is None or text.origin is Origin.DIGITAL
        under = None if has_own else text
        if not has_own:
            operators.take_out_invisible_text(self._source.pdf, page)
        broken = failures(page)
        if any(INKS_UNDEFINED in rule for rule in broken):
            inks = self._source.inks or colours.offset_printing()
            space = embedding.icc_based(self._source.pdf, inks, 4)
            qpdf.give_inks(page, space)
            broken = failures(page)
        if broken and qpdf.bring_out_inline_images(page):
            broken = failures(page)
        if broken and has_own and text is not None:
            removed, left = operators.take_out_invisible_text(self._source.pdf, page)
            if removed and not left:
                under, broken = text, failures(page)
        if broken:
            return False
        pdf.pages.append(page)
        self._lay(pdf, under)
        return True

    def _page(self, number):
        """Return the page as it is; None if what one sees of it is not known."""
        if self._source is None:
            return None
        page = self._source.page(number)
        if page is None or (self._source.hides_layers and _has_layers(page)):
            return None
        return page

    def _add_overlaid(self, pdf, number, text):
        page = self._page(number)
        if page is None:
            return False
        try:
            content = typed.taken_off(self._source.pdf, page)
            if content is None or failures(page):
                return False
            picture = typed.drawn(content, self._limits.pixels)
            pdf.pages.append(page)
            typed.lay_over(pdf, pdf.pages[-1], picture)
        except (*qpdf.UNREADABLE, PdfiumError):
            return False
        self._lay(pdf, text)
        return True

    def _add_drawn(self, pdf, number, text):
        size = self.sizes[number - 1]
        try:
            dpi = reading.scan_dpi(self._path, self._password, number)
            dpi = min(max(dpi, READING_DPI), MOST_DPI)
            width = max(1, round(size.width / POINTS_PER_INCH * dpi))
            jpeg = reading.render(
                self._path, self._password, number, width, 0, self._limits
            )
        except (Damaged, TooLarge):
            self._add_crossed(pdf, number)
            return
        embedding.add_picture(pdf, jpeg, _within(size))
        self._lay(pdf, text)
        self.drawn.append(number)

    def _add_crossed(self, pdf, number):
        size = _within(self.sizes[number - 1])
        pdf.add_blank_page(page_size=(size.width, size.height))
        across, down = size.width, size.height
        cross = f"0 G 1 w 0 0 m {numbers(across, down)} l S "
        cross += f"0 {numbers(down)} m {numbers(across)} 0 l S"
        pdf.pages[-1].obj.Contents = Stream(pdf, cross.encode())
        self.unreadable.append(number)

    def _lay(self, pdf, text):
        """Lay the words under the last page."""
        if text is None or not text.words:
            return
        page = pdf.pages[-1]
        box, rotation = qpdf.box_of(page), qpdf.rotation_of(page)
        width, height = box[2] - box[0], box[3] - box[1]
        if rotation in (90, 270):
            width, height = height, width
        matrix = numbers(*turning(box, rotation))
        content = self._layer.content(text, width, height)
        content = f"q {matrix} cm\n".encode() + content + b"Q\n"
        # The font is known when all the words are.
        qpdf.lay_under(pdf, page, content, **{RESOURCE: Dictionary()})


def failures(page):
    """Return the rules that a page breaks when it stands in an archive copy alone.

    The pixels of images are left out, as the rules are about what is said of them.
    """
    alone = pikepdf.new()
    alone.pages.append(page)
    qpdf.empty_images(alone.pages[0])
    furnish(alone, "", "de", "2000-01-01T00:00:00Z")
    out = io.BytesIO()
    qpdf.save(alone, out)
    return conformance.failures(out.getvalue())


def furnish(pdf, title, language, moment):
    """Give a file what PDF/A asks for beside its pages.

    :param language: of the text, as BCP 47 has it.
    :param moment: when it was made, ISO 8601 in UTC, like ``2026-11-22T17:00:00Z``.
    """
    root = pdf.Root
    for key in list(root.keys()):
        if key not in ("/Type", "/Pages"):
            del root[key]
    root.Lang = language
    root.Metadata = Stream(
        pdf,
        XMP.format(
            title=escape(title),
            language=escape(language),
            moment=moment,
            producer=PRODUCER,
        ).encode(),
        Type=Name.Metadata,
        Subtype=Name.XML,
    )
    profile = Stream(pdf, colours.srgb(), N=3)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                Info="sRGB IEC61966-2.1",
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )
    date = "D:" + "".join(each for each in moment if each.isdigit()) + "Z"
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = PRODUCER
    pdf.docinfo["/CreationDate"] = date
    pdf.docinfo["/ModDate"] = date


def _within(size):
    """Return a ``PageSize`` that PDF/A allows; a poster is shrunk, a chip blown up."""
    scale = min(1, LARGEST / max(size.width, size.height))
    scale = max(scale, SMALLEST / min(size.width, size.height))
    return PageSize(min(LARGEST, size.width * scale), min(LARGEST, size.height * scale))


def _has_layers(page):
    """Say whether the page has parts that the reader can switch off and on."""
    for resources, _stream in operators.contents(page):
        for each in resources.get("/Properties", {}).values():
            if each.get("/Type") in (Name.OCG, Name.OCMD):
                return True
        if any("/OC" in each for each in resources.get("/XObject", {}).values()):
            return True
    return False


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
