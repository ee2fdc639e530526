"""German first; English for whoever asks for it."""

import requests


def test_a_person_chooses_the_language_of_the_next_pages(functional_portal):
    address = f"{functional_portal.absolute_url()}/login"
    session = requests.Session()
    session.trust_env = False

    def page(**query):
        return session.get(address, params=query, timeout=60).text

    assert "Passwort" in page(set_language="de")
    assert "Passwort" in page()
    assert "Passwort" not in page(set_language="en")
    assert "Passwort" not in page()
