"""The people of the small office, see tests/office, and what they are."""

PEOPLE = {
    "anna": "case worker, team a1",
    "arno": "case worker, team a1",
    "tom": "lead of team a1",
    "alex": "case worker, team a2",
    "tina": "lead of team a2",
    "rolf": "registry, department of a1 and a2",
    "hanna": "head, department of a1 and a2",
    "rita": "records manager, department of a1 and a2",
    "bert": "case worker, another department",
    "holger": "head and team lead, another department",
    "oskar": "scan operator",
    "quirin": "quality checker",
    "lotte": "mailroom lead",
    "dora": "data protection officer",
    "fachverfahren": "another system",
    "admin": "administrator",
}

EVERYBODY = frozenset(PEOPLE)
