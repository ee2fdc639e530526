"""What kind of file it is, judged by its first bytes."""

from eakte.scanning.errors import Empty
from eakte.scanning.errors import Unsupported
from eakte.scanning.model import Kind


HEAD_BYTES = 1024
"""How many bytes must be known: a PDF header may stand anywhere within them, as
ISO 32000-1:2008, Annex H.3, implementation note 13 allows."""

MAGIC = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    # BigTIFF
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
)


def kind_of(head):
    r"""Return the ``Kind`` that a file's first bytes tell.

    :param head: the first ``HEAD_BYTES`` bytes, or all of a shorter file.
    :raises Empty: there are no bytes.
    :raises Unsupported: it is something else.

    >>> kind_of(b"II*\x00 and so on")
    <Kind.TIFF: 'tiff'>
    """
    if not head:
        raise Empty("The file has no bytes. Scan or send it again.")
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:HEAD_BYTES]:
        return Kind.PDF
    raise Unsupported(
        "The file is neither PDF, TIFF, JPEG nor PNG. Open it with the program that "
        "made it and save it as PDF."
    )
