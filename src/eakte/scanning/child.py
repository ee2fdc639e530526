"""The child process of the engine: ``python -m eakte.scanning.child``.

It reads files that nobody has checked, so it limits itself first and keeps nothing
from one request to the next but the languages of recognition.
"""

from eakte.scanning import reading
from eakte.scanning import serving
from eakte.scanning.model import Limits
from functools import partial

import dataclasses
import json
import sys


def main(limits, descriptor, parent):
    """Answer requests until the parent is gone."""
    limits = Limits(**json.loads(limits))
    serving.confine(int(parent), limits.memory_bytes)
    serving.keep_memory()
    serving.serve(int(descriptor), partial(_done, limits=limits))


def _done(request, limits):
    path = request["path"].encode("utf-8", "surrogateescape")
    password = request["password"]
    match request["do"]:
        case "inspect":
            kind, sizes, encrypted = reading.inspect(path, password, limits)
            return (
                {
                    "kind": kind,
                    "pages": [(size.width, size.height) for size in sizes],
                    "encrypted": encrypted,
                },
            )
        case "render":
            page, width = request["page"], request["width"]
            rotation = request["rotation"]
            return {}, reading.render(path, password, page, width, rotation, limits)
        case "read_page":
            page, languages = request["page"], request["languages"]
            text = reading.read_page(path, password, page, languages, limits)
            return (dataclasses.asdict(text) | {"words": _rows(text.words)},)
        case "weigh":
            reading.weigh(path, password, request["page"], limits)
            return ({},)
    raise ValueError(f"Nobody does {request['do']!r}")


def _rows(words):
    return [dataclasses.astuple(word) for word in words]


if __name__ == "__main__":
    main(*sys.argv[1:])
