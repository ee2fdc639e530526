"""Text as it can be stored and searched."""

import re
import unicodedata


LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00a0": " ",
        "\u00ad": "-",
    }
)

NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufffd]"
)
"""Control characters (PostgreSQL refuses NUL), lone surrogates, non-characters."""


def clean(text):
    r"""Return text without what cannot be stored, composed (NFC), ligatures undone.

    >>> clean("Auf\x00lo\u0308ﬂich")
    'Auflöflich'
    """
    return unicodedata.normalize("NFC", NOT_TEXT.sub("", text).translate(LIGATURES))
