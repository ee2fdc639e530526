"""A refusal is readable wherever it comes from."""

from eakte.mailitem.states import State
from tests.builders import a_mail_item


def test_a_refusal_outside_our_screens_is_a_page_with_the_reasons(as_person, state):
    letter = a_mail_item(State.ROUTED, team="a1")
    anna = as_person("anna")
    token = (
        anna.open(letter.absolute_url())
        .root.cssselect("[name=_authenticator]")[0]
        .get("value")
    )
    page = anna.send(
        f"{letter.absolute_url()}/content_status_modify",
        {"workflow_action": "mark_unclear", "_authenticator": token},
    )
    assert page.status == 400
    assert "This was not done. Nothing was changed." in page.text
    assert "Give a reason in a few words" in page.text
    assert state(letter) == State.ROUTED


def test_what_one_may_not_see_is_refused_in_words(as_person):
    letter = a_mail_item(State.ROUTED, team="a1")
    page = as_person("bert").open(letter.absolute_url())
    assert "insufficient-privileges" in page.url
    assert "You may not see this page." in page.text
