"""Full text over letters, case files and documents.

Verbs of the room: ``searching.search`` (what was typed → the catalog's brains),
``snippets.snippet`` (one hit → the line of the page that was meant).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippet:
    """A line of a page around the first word that was searched."""

    page: int
    """From 1."""
    parts: tuple
    """``(text, is_hit)`` in reading order."""
