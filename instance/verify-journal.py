"""Verify that nobody removed, added or changed an entry of the journal.

Run it with ``bin/instance run instance/verify-journal.py [NUMBER:LINK …]``. It prints the
number and link of the office's last anchor: note them on paper, and name them the next
time; then not even who writes the whole journal anew stays unnoticed. Exit code 1: an
entry is damaged; each one is named.
"""

from eakte.journal.lanes import store_of
from eakte.journal.verifying import verify

import sys


def known_anchors(arguments):
    """Return ``(number, link)`` of what was noted on paper."""
    pairs = (argument.partition(":") for argument in arguments)
    return [(int(number), bytes.fromhex(link)) for number, _, link in pairs]


arguments = [each for each in sys.argv[1:] if each[:1].isdigit() and ":" in each]
store = store_of(app.objectValues("Plone Site")[0])  # noqa: F821
if store is None:
    print("The journal has no entry yet.")
    sys.exit(0)
verdict = verify(store, known_anchors(arguments))
for damage in verdict.damages:
    print(damage)
print(f"{verdict.entries} entries of {verdict.lanes} writers were verified.")
if verdict.anchors:
    number, link = verdict.anchors
    print(f"The last anchor is {number}:{link.hex()}")
if not verdict.is_right:
    sys.exit(f"{len(verdict.damages)} damages were found.")
print("Nothing was removed, added or changed.")
