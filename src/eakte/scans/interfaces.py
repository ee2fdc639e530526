"""What others may ask of a scan."""

from eakte import _
from enum import StrEnum
from zope import schema
from zope.interface import Attribute
from zope.interface import Interface


class ScanStatus(StrEnum):
    """How far the recognition of a scan is."""

    NONE = "none"
    """There is nothing to recognise: no file, or, on Plone's File, one of another
    kind."""

    WAITING = "waiting"
    RUNNING = "running"

    DONE = "done"
    """Every page was read; ``findings`` say if there was nothing to read."""

    FAILED = "failed"
    """Nothing could be read; ``problem`` says why."""


class Finding(StrEnum):
    """What a scan that was read must not be taken for: plain success."""

    BLANK = "blank"
    NO_TEXT = "no_text"
    BROKEN_PAGES = "broken_pages"

    LOW_RESOLUTION = "low_resolution"
    """Pages were scanned with fewer than 300 dpi."""

    COLOUR_LOST = "colour_lost"
    """Pages were scanned in grey or in black and white."""

    UNCERTAIN = "uncertain"
    """Pages were recognised with little confidence."""

    @property
    def is_about_quality(self):
        """Whether it is for the quality checker only: everything could be read."""
        return self in QUALITY


QUALITY = frozenset({Finding.LOW_RESOLUTION, Finding.COLOUR_LOST, Finding.UNCERTAIN})


class IScanHolder(Interface):
    """Content whose file is read page by page: ours, and Plone's File."""


class IHasScan(IScanHolder):
    """Content of ours with a scan: the behaviour ``eakte.scan``."""


class IScanPages(Interface):
    """The pages of a scan, as far as they are known. Looking writes nothing."""

    status = Attribute("A ``ScanStatus``.")
    problem = Attribute("Code of what is wrong, see ``problems``, or None.")
    findings = Attribute("The ``Finding``s, a tuple; empty until all pages are read.")
    page_count = Attribute("Number of pages; 0 until the file was looked into.")
    pages_done = Attribute("How many pages were read, the broken ones included.")
    sizes = Attribute("``(width, height)`` of each page as displayed, in points.")
    broken_pages = Attribute("``{page number: code}`` of those that cannot be read.")
    sha256 = Attribute("SHA-256 of the file in hexadecimal; empty without a file.")
    byte_size = Attribute("Size of the file in bytes.")
    filename = Attribute("Name under which it came, or empty.")
    media_type = Attribute("As the content is; as the name says until looked into.")
    password = Attribute("What opens the file, or None.")
    duplicate_of = Attribute("UUID of the first object with the same file, or None.")

    def page(number):
        """Return the ``eakte.scanning.model.PageText`` of a page.

        None: it was not read yet, cannot be read, or there is no such page.

        :param number: from 1.
        """

    def is_read(number):
        """Say whether the page was read; cheaper than ``page``."""

    def image(number):
        """Return the ``eakte.scanning.model.PageImage`` of a page.

        None: it is no scanned image, or was not read yet. Cheaper than ``page``.
        """

    def tag(number):
        """Return a name for the words of a page; other words, another name.

        Empty while the page was not read.
        """

    def pages_with(finding):
        """Return the numbers of the pages that a ``Finding`` is about, in order.

        Empty for what is said of the scan as a whole.
        """

    def texts():
        """Yield ``(number, text)`` of the pages that were read, in order.

        Takes a fortieth of the time of ``page``, which unpacks the words too.
        """

    def text():
        """Return the text of all pages that were read."""

    def may_read():
        """Say whether the user may look at the pages."""


class IScanSettings(Interface):
    """How scans are read. Limits hold from the next start."""

    languages = schema.ASCIILine(
        title=_("Languages"),
        description=_(
            "Languages of recognition, as Tesseract names them, joined by a plus "
            "sign. Each needs its Debian package, such as tesseract-ocr-deu."
        ),
        default="deu+eng",
        constraint=lambda value: all(
            part.replace("_", "").isalnum() for part in value.split("+")
        ),
    )

    processes = schema.Int(
        title=_("Processes"),
        description=_("How many pages are recognised at once; one core each."),
        min=1,
        max=64,
        default=2,
    )

    seconds_inspect = schema.Int(
        title=_("Seconds to open a file"),
        description=_("Beyond it the file counts as unreadable."),
        min=1,
        default=30,
    )

    seconds_render = schema.Int(
        title=_("Seconds to show a page"),
        description=_("Beyond it the page counts as one that cannot be shown."),
        min=1,
        default=30,
    )

    seconds_recognise = schema.Int(
        title=_("Seconds to recognise a page"),
        description=_("Beyond it the page counts as one that cannot be read."),
        min=1,
        default=180,
    )

    memory = schema.Int(
        title=_("Memory (MiB)"),
        description=_("Address space of each process that opens files."),
        min=512,
        default=2048,
    )

    megapixels = schema.Int(
        title=_("Megapixels"),
        description=_(
            "Largest image of a page. The default is a sheet of A0 at 300 dpi and "
            "some room."
        ),
        min=10,
        default=150,
    )

    pages = schema.Int(
        title=_("Pages"),
        description=_("Most pages of one file."),
        min=1,
        default=10000,
    )

    cache = schema.Int(
        title=_("Page cache (MiB)"),
        description=_(
            "Disk space for page images that were looked at. They are made anew when "
            "they are needed again."
        ),
        min=0,
        default=1024,
    )

    archive = schema.Int(
        title=_("Archive copies (MiB)"),
        description=_(
            "Disk space for archive copies that were asked for, and the size of the "
            "largest that is made. They are made anew when they are needed again."
        ),
        min=1,
        default=1024,
    )
