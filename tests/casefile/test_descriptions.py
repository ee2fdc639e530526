"""Every field says to the people who fill it in what belongs there."""

from eakte.casefile.content import ICaseFile
from eakte.document.content import ICaseDocument
from eakte.mailitem.content import IMailItem
from eakte.scans.content import IScan
from zope.schema import getFieldsInOrder

import pytest


FIELDS = [
    (schema, name, field)
    for schema in (ICaseFile, IMailItem, ICaseDocument, IScan)
    for name, field in getFieldsInOrder(schema)
]


@pytest.mark.parametrize(
    "field",
    [field for _schema, _name, field in FIELDS],
    ids=[f"{schema.__name__}.{name}" for schema, name, _field in FIELDS],
)
def test_a_field_says_in_a_sentence_what_belongs_there(field):
    assert field.title.strip()
    assert field.description.strip().endswith(".")
    assert field.description != field.title
