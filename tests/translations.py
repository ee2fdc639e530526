"""Every text that a person reads is translated: what ``make lint`` checks.

The texts of the sources are collected anew and held against the template of
the translations and against the German ones.
"""

from babel.messages.pofile import read_po
from pathlib import Path

import subprocess
import sys
import tempfile


ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "eakte"
LOCALES = PACKAGE / "locales"
I18NDUDE = ROOT / "bin" / "i18ndude"


def texts_of_sources():
    """Return the message ids that the sources use."""
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "eakte.pot"
        subprocess.run(
            [I18NDUDE, "rebuild-pot", "--pot", pot, "--create", "eakte", PACKAGE],
            check=True,
            capture_output=True,
        )
        return {message.id for message in _read(pot) if message.id}


def _read(path):
    with path.open("rb") as file:
        return list(read_po(file))


def complaints():
    """Yield a sentence for each text that somebody would read in English only."""
    wanted = texts_of_sources()
    known = {message.id for message in _read(LOCALES / "eakte.pot") if message.id}
    for text in sorted(wanted - known):
        yield f"not in eakte.pot: {text}"
    for text in sorted(known - wanted):
        yield f"in eakte.pot, used nowhere: {text}"
    german = {
        message.id: message
        for message in _read(LOCALES / "de" / "LC_MESSAGES" / "eakte.po")
    }
    for text in sorted(wanted):
        message = german.get(text)
        if message is None or not message.string or message.fuzzy:
            yield f"no German for: {text}"
    templates = sorted(PACKAGE.rglob("*.pt"))
    if templates:
        found = subprocess.run(
            [I18NDUDE, "find-untranslated", "-n", *templates],
            capture_output=True,
            text=True,
        )
        if found.returncode:
            yield found.stdout


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) or "Every text is translated.")
    sys.exit(bool(found))
