"""The examples of docs/rest/closing.md."""


def record_closing(record, client, case_file):
    """Bar a person, protect the case file, change the circle by the reference.

    :param case_file: a case file of team a1, for its reference and address.
    """
    at, reference = case_file["@id"], case_file["reference"]
    anna, tom, hanna = client("anna"), client("tom"), client("hanna")
    body = {"people": ["arno"], "reason": "Mit der Person verwandt"}
    record("bar", tom, "PUT", f"{at}/@barred", json=body)
    record("barred", tom, "GET", f"{at}/@barred")
    body = {"protection": "vip", "circle": ["arno"], "reason": ""}
    record("protect-refused", hanna, "PUT", f"{at}/@protection", json=body)
    body = {
        "protection": "witness",
        "circle": ["anna", "tina"],
        "reason": "Zeugenschutz ab heute",
    }
    record("protect", hanna, "PUT", f"{at}/@protection", json=body)
    record("protection", anna, "GET", f"{at}/@protection")
    record("protected-404", tom, "GET", at)
    record("protected", hanna, "GET", f"@protection?reference={reference}")
    body |= {"reference": reference, "circle": ["anna"], "reason": "Tina wechselt"}
    record("protected-change", hanna, "PUT", "@protection", json=body)
    body = {"protection": None, "reason": "Die Gefahr ist vorbei"}
    record("protect-lift", anna, "PUT", f"{at}/@protection", json=body)
