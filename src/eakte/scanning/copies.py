"""What is written: assembled files and archive copies; plain values."""

from dataclasses import dataclass
from os import PathLike


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a file that is to be assembled.

    :param path: of a PDF, TIFF, JPEG or PNG.
    :param page: its number there, from 1.
    :param rotation: degrees clockwise to turn the page as displayed: 0, 90, 180, 270.
    :param password: that opens the file, or None.
    """

    path: str | PathLike
    page: int = 1
    rotation: int = 0
    password: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveCopy:
    """A searchable PDF/A-2b that was written.

    :param drawn: numbers of the pages that do not conform as they are (a font is
        missing, …) and were drawn as an image instead: the pixels of their scans
        are not in the copy.
    :param unreadable: numbers of the pages that cannot be shown: a crossed sheet
        stands in their place.
    :param byte_size: of the file.
    """

    page_count: int
    drawn: tuple[int, ...]
    unreadable: tuple[int, ...]
    byte_size: int


@dataclass(frozen=True, slots=True)
class WritingLimits:
    """What writing one file may take. Beyond it, it fails and leaves nothing.

    :param seconds_page: wall time for each page, the opening of its file included.
    :param seconds_end: wall time to put the pages together and write them out.
    :param memory_bytes: address space of the child.
    :param output_bytes: size of the file that is written.
    :param pixels: largest bitmap that is decoded or drawn.
    :param pages: most pages of a file that is read, and of the one that is written.
    """

    seconds_page: float = 60
    seconds_end: float = 600
    memory_bytes: int = 2 * 1024**3
    output_bytes: int = 4 * 1024**3
    pixels: int = 150_000_000
    pages: int = 10_000
