from eakte.mailitem.boxes import mailroom
from eakte.mailitem.senders import SENDER
from eakte.upgrades.v2026112204 import senders
from plone import api
from tests.builders import a_mail_item


def test_letters_of_an_older_site_are_found_and_sorted_by_sender(portal):
    a_mail_item(sender="Zoll")
    a_mail_item(sender="Müller & Söhne")
    a_mail_item(sender=None)
    catalog = api.portal.get_tool("portal_catalog")
    catalog.delIndex(SENDER)

    senders.upgrade(api.portal.get_tool("portal_setup"))

    with api.env.adopt_user(username="lotte"):
        box = mailroom()
        shown = [brain.sender for brain in box.items(sort="sender")]
        assert shown[:2] == ["Müller & Söhne", "Zoll"]
        assert [box.narrowed_to(sender=text).count() for text in ("soeh", "SÖH")] == [
            1,
            1,
        ]
    assert senders.upgrade(api.portal.get_tool("portal_setup")) is None
