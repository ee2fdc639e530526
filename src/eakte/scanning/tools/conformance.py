"""Whether a PDF is PDF/A-2b, through ``page``, a validator of its own kind.

It passes veraPDF's corpus and the Isartor suite, and takes some milliseconds.
"""

import page as validator


PROFILE = "2b"
"""ISO 19005-2:2011, level B."""

MOST_DECODED = 512 * 1024**2
"""Bytes of one stream; a colour page of A3 at 600 dpi has 200 MiB."""

MISTAKEN = {"PDFA2B-STREAM-LENGTH-001"}
"""Rules that the validator sees broken where they are not: it takes a last byte of 13
for part of the line's end. QPDF, which writes all files here, counts right."""

UNDECIDED = "undecided"
"""In place of rules that are broken: the file is too strange to be judged."""


def failures(content):
    """Return the names of the rules that a file breaks; none: it conforms.

    :param content: bytes of the file.
    """
    limits = validator.SafetyLimits(
        max_input_size=len(content) + 1, max_decoded_stream_size=MOST_DECODED
    )
    try:
        report = validator.validate_pdf_bytes(content, profile=PROFILE, limits=limits)
    except validator.PageError:
        return {UNDECIDED}
    if report.is_compliant:
        return set()
    return {failure.rule_id for failure in report.failures} - MISTAKEN
