"""The names of our jobs."""

INSPECT = "inspect-scan"
"""Look into the file: what it is, how many pages it has, or what is wrong with it."""

RECOGNISE = "recognise"
"""Read the pages that nobody has read."""

ARCHIVE_COPY = "archive-copy"
"""Make a searchable PDF/A of the original and the words."""
