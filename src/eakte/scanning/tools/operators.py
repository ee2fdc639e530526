"""What the operators of a page draw, its forms included."""

from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import Stream

import pikepdf
import re


DEPTH = 6
"""How deep forms lie in forms before the rest is left as it is."""

HIDING = re.compile(rb"(?<![\d.])3\s+Tr\b")
SHOWING = {"Tj", "TJ", "'", '"'}
INVISIBLE = 3
"""Render mode of text, ISO 32000-1:2008, 9.3.6."""

FONT = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b")


def contents(page):
    """Yield ``(resources, stream)`` of a page and of every form that it draws.

    For the page itself the stream is None.
    """
    seen = set()

    def walk(resources, depth):
        for each in resources.get("/XObject", {}).values():
            is_form = isinstance(each, Stream) and each.get("/Subtype") == Name.Form
            if not is_form or each.objgen in seen or depth == DEPTH:
                continue
            seen.add(each.objgen)
            inner = each.get("/Resources", resources)
            yield inner, each
            yield from walk(inner, depth + 1)

    resources = page.obj.get("/Resources", Dictionary())
    yield resources, None
    yield from walk(resources, 0)


def take_out_invisible_text(pdf, page):
    """Remove the text that nobody sees; return ``(removed, left)`` text operators.

    It is somebody else's recognition. Where visible text stands in the same text
    object, both are left, since one may be placed after the other.

    :param pdf: to which the page belongs.
    """
    removed = left = 0
    for _resources, stream in contents(page):
        target = page if stream is None else stream
        raw = bytes_of(target)
        if HIDING.search(raw):
            kept, out, there = _without_invisible(pikepdf.parse_content_stream(target))
            removed += out
            left += there
            if out and stream is None:
                # A new stream: other pages may share the old one.
                page.obj.Contents = Stream(pdf, pikepdf.unparse_content_stream(kept))
            elif out:
                stream.write(pikepdf.unparse_content_stream(kept))
        else:
            left += len(re.findall(rb"T[jJ]\b", raw))
    return removed, left


def fonts_are_missing(page):
    """Say whether the page, or a form on it, names a font that it does not have.

    Readers take some other font then, or leave the text out.
    """
    for resources, stream in contents(page):
        fonts = resources.get("/Font", {})
        for name in FONT.findall(bytes_of(page if stream is None else stream)):
            if b"#" not in name and "/" + name.decode("latin-1") not in fonts:
                return True
    return False


def bytes_of(target):
    """Return the operators of a page or form."""
    if isinstance(target, Stream):
        return target.read_bytes()
    content = target.obj.get("/Contents")
    streams = [content] if isinstance(content, Stream) else content or ()
    return b"\n".join(each.read_bytes() for each in streams)


def with_text_mode(instructions):
    """Yield ``(instruction, operator, render mode of text from then on)``."""
    mode, modes = 0, []
    for each in instructions:
        operator = str(each.operator)
        if operator == "q":
            modes.append(mode)
        elif operator == "Q":
            mode = modes.pop() if modes else mode
        elif operator == "Tr":
            mode = int(each.operands[0])
        yield each, operator, mode


def _without_invisible(instructions):
    kept, block, removed, left = [], None, 0, 0
    for each, operator, mode in with_text_mode(instructions):
        if operator == "BT":
            block, hidden, seen = [], 0, 0
        if operator in SHOWING and block is not None:
            hidden += mode == INVISIBLE
            seen += mode != INVISIBLE
        (kept if block is None else block).append(each)
        if operator == "ET" and block is not None:
            if not seen:
                block = [one for one in block if str(one.operator) not in SHOWING]
                removed += hidden
            else:
                left += seen
            kept += block
            block = None
    return kept + (block or []), removed, left
