"""The typefaces that the demo's senders write with.

Found by file name in the system's font folders. The Debian packages are
fonts-liberation, fonts-dejavu-core, fonts-dejavu-extra, fonts-breip,
fonts-dkg-handwriting, fonts-kristi and fonts-gnutypewriter.
"""

from dataclasses import dataclass
from functools import lru_cache
from PIL import ImageFont
from unicodedata import combining
from unicodedata import normalize


DPI = 300
"""Resolution of every colour page, pixels per inch."""


class FontMissing(Exception):
    """A font of the demo is not installed; names the file and the packages."""


@dataclass(frozen=True)
class Typeface:
    """One family: file names of its upright, bold and italic cut."""

    regular: str
    bold: str
    italic: str
    size: float = 10.5
    """Size of running text in points (1/72 inch)."""
    leading: float = 1.28
    """Distance of two lines as a multiple of the size."""

    def font(self, size=None, *, bold=False, italic=False):
        """Return the font at a size in points, for pages of ``DPI``."""
        name = self.bold if bold else self.italic if italic else self.regular
        return load(name, round((size or self.size) * DPI / 72))


@lru_cache(maxsize=256)
def load(name, pixels):
    """Return a font by the name of its file.

    :raises FontMissing: no such file in the system's font folders.
    """
    try:
        # The other layout engine depends on libraries outside Pillow's wheel;
        # the same letter must look the same on every machine.
        return ImageFont.truetype(name, pixels, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise FontMissing(f"{name} is not installed. {__doc__}") from error


def written_by_hand(words):
    """Return the words without the letters that the script fonts do not have."""
    keep = "äöüÄÖÜß"
    return "".join(
        char if char in keep else normalize("NFD", char)[0]
        for char in words.translate(str.maketrans("\N{EN DASH}ıĐđ", "-iDd"))
        if not combining(char)
    )


SANS = Typeface(
    "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf"
)
SERIF = Typeface(
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    size=11.5,
    leading=1.22,
)
NARROW = Typeface(
    "LiberationSansNarrow-Regular.ttf",
    "LiberationSansNarrow-Bold.ttf",
    "LiberationSansNarrow-Italic.ttf",
    size=11.5,
)
ROUND = Typeface(
    "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", size=9.5
)
CONDENSED = Typeface(
    "DejaVuSansCondensed.ttf",
    "DejaVuSansCondensed-Bold.ttf",
    "DejaVuSansCondensed-Oblique.ttf",
    size=10,
)
BOOK = Typeface(
    "DejaVuSerif.ttf",
    "DejaVuSerif-Bold.ttf",
    "DejaVuSerif-Italic.ttf",
    size=9.5,
    leading=1.35,
)
MONO = Typeface(
    "LiberationMono-Regular.ttf",
    "LiberationMono-Bold.ttf",
    "LiberationMono-Italic.ttf",
    size=10.5,
    leading=1.3,
)
TYPEWRITER = Typeface(
    "GNUTypewriter.ttf", "GNUTypewriter.ttf", "GNUTypewriter.ttf", size=10, leading=1.5
)
HAND = Typeface("Breip.ttf", "Breip.ttf", "Breip.ttf", size=16.5, leading=1.3)
NOTE = Typeface("dkg.ttf", "dkgBd.ttf", "dkgIt.ttf", size=15)
SIGNATURE = Typeface("Kristi.ttf", "Kristi.ttf", "Kristi.ttf", size=30)

TYPEFACES = {
    "sans": SANS,
    "serif": SERIF,
    "narrow": NARROW,
    "round": ROUND,
    "condensed": CONDENSED,
    "book": BOOK,
    "mono": MONO,
    "typewriter": TYPEWRITER,
    "hand": HAND,
}
