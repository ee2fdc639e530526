"""The examples of docs/rest/many.md."""


def record_many(record, anna, letters):
    """Look at what would happen to some letters, do it, ask for the result, undo it.

    :param letters: addresses of letters in the box of team a1; the last one changes
        between preview and deed.
    """
    uids = [anna.get(at).json()["UID"] for at in letters]
    said = {"verb": "assign", "with": {"desk": "a1-2", "reason": "Buchstabe K bis Z"}}
    unknown = "f" * 32
    body = said | {"uids": [*uids, unknown]}
    seen = record("many-preview", anna, "POST", "@many-preview", json=body)
    anna.patch(letters[-1], json={"title": "Widerspruch"})
    items = [
        {"uid": each["uid"], "mark": each["mark"]}
        for each in seen.json()["items"]
        if each["allowed"]
    ]
    body = said | {"items": items, "id": "e" * 32}
    at = record("many", anna, "POST", "@many", json=body).headers["Location"]
    record("many-result", anna, "GET", at)
    record("many-undo", anna, "PATCH", at, json={"do": "undo"})
    record("error-409-many", anna, "PATCH", at, json={"do": "undo"})
    body = said | {"with": {"reason": "Buchstabe"}, "uids": uids}
    record("error-400-many", anna, "POST", "@many-preview", json=body)
