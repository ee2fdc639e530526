"""The examples of docs/rest/boxes.md."""


def record_boxes(record, anna, hanna):
    """Look at boxes and numbers, and keep a view."""
    record("boxes", anna, "GET", "@boxes")
    query = "class=normal&class=urgent&sort=-received&b_size=1"
    record("box", anna, "GET", f"@boxes/team-box?{query}")
    query = "class=normal&class=urgent"
    record("box-counters", hanna, "GET", f"@boxes/counters?{query}")
    body = {"list": "counters", "query": query, "format": "csv"}
    record("list-file", hanna, "POST", "@list-file", json=body)
    body = {"name": "Eilige", "box": "team-box", "query": "class=urgent&class=deadline"}
    kept = record("box-view-keep", anna, "POST", "@box-views", json=body)
    at = kept.headers["Location"]
    record("box-view-begin", anna, "PATCH", at, json={"begin": "yes"})
    record("box-views", anna, "GET", "@box-views")
    record("box-view-forget", anna, "DELETE", at)
