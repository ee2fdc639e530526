"""Compile the translated texts: once and by one process, before any server or test reads them."""

from pathlib import Path
from zope.i18n.compile import compile_mo_file


for text in Path("src/eakte/locales").glob("*/LC_MESSAGES/*.po"):
    compile_mo_file(text.stem, str(text.parent))
