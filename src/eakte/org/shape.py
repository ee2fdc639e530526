"""What may stand in a file of the office, and where a file says something else."""

from eakte import _

import yaml


TEXT = "text"
"""A word or a line; a number in quotes."""

TEXTS = "texts"
"""A list of ids: ``[a.first, b.second]``."""

PERSON = {"id!": TEXT, "name!": TEXT, "email": TEXT}

DESK = {"id!": TEXT, "title!": TEXT, "people!": TEXTS, "deputies": TEXTS}

TEAM = {
    "id!": TEXT,
    "title!": TEXT,
    "lead": TEXTS,
    "lead_deputies": TEXTS,
    "desks": [DESK],
}

FILE = {
    "department": TEXT,
    "title": TEXT,
    "head": TEXTS,
    "registry": TEXTS,
    "records_managers": TEXTS,
    "readers_elsewhere": TEXTS,
    "teams": [TEAM],
    "people": [PERSON],
    "mailroom": {
        "title": TEXT,
        "operators": TEXTS,
        "checkers": TEXTS,
        "leads": TEXTS,
    },
    "data_protection_officers": TEXTS,
    "integration_accounts": TEXTS,
}
"""Keys of a file and what belongs to them; a key with ``!`` must be there."""

STRING = "tag:yaml.org,2002:str"
NOTHING = "tag:yaml.org,2002:null"


def mistakes_of_shape(name, text):
    """Yield a sentence with file and line for everything that cannot be read.

    :param name: name of the file.
    :param text: what stands in it.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        yield _(
            "${file}, line ${line}: this is not YAML. Look for a bracket, a colon or "
            "an indentation that is wrong.",
            mapping={"file": name, "line": str(mark.line + 1)},
        )
        return
    if node is not None:
        shape = FILE
        if isinstance(node, yaml.MappingNode) and "department" in _keys(node):
            shape = _with_title(FILE)
        yield from _mistakes(name, node, shape, "")


def _with_title(shape):
    """A department needs a title, a file without one does not."""
    return {"title!" if key == "title" else key: kind for key, kind in shape.items()}


def _mistakes(name, node, kind, key):
    if isinstance(kind, dict):
        yield from _mistakes_of_keys(name, node, kind, key)
    elif kind == TEXT:
        if node.tag != STRING or not node.value.strip():
            yield _(
                "${file}, line ${line}: “${key}” must be a text; put a number or a "
                "date in quotes.",
                mapping=_place(name, node, key),
            )
    elif _is_nothing(node):
        # A key with nothing behind it is an empty list.
        return
    elif not isinstance(node, yaml.SequenceNode):
        yield _(
            "${file}, line ${line}: “${key}” must be a list.",
            mapping=_place(name, node, key),
        )
    else:
        of_each = TEXT if kind == TEXTS else kind[0]
        for each in node.value:
            yield from _mistakes(name, each, of_each, key)


def _mistakes_of_keys(name, node, shape, key):
    if not isinstance(node, yaml.MappingNode):
        yield _(
            "${file}, line ${line}: here must stand keys with values, as in "
            "“title: Residence”.",
            mapping=_place(name, node, key),
        )
        return
    kinds = {each.rstrip("!"): kind for each, kind in shape.items()}
    seen = set()
    for key_node, value in node.value:
        word = str(key_node.value)
        place = _place(name, key_node, word)
        if word not in kinds:
            yield _(
                "${file}, line ${line}: there is no “${key}” here. Possible are: "
                "${possible}.",
                mapping=place | {"possible": ", ".join(kinds)},
            )
        elif word in seen:
            yield _("${file}, line ${line}: “${key}” stands here twice.", mapping=place)
        else:
            yield from _mistakes(name, value, kinds[word], word)
        seen.add(word)
    for each in shape:
        if each.endswith("!") and each.rstrip("!") not in seen:
            yield _(
                "${file}, line ${line}: “${key}” is missing.",
                mapping=_place(name, node, each.rstrip("!")),
            )


def _keys(node):
    return {str(key.value) for key, _value in node.value}


def _is_nothing(node):
    return isinstance(node, yaml.ScalarNode) and node.tag == NOTHING


def _place(name, node, key):
    return {"file": name, "line": str(node.start_mark.line + 1), "key": key}
