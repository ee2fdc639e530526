from eakte.casefile.content import ICaseFile
from eakte.casefile.persons import azr_date_is_possible
from zope.schema import ValidationError

import pytest


@pytest.mark.parametrize(
    "number", ["12", "90-03-14 1234", "90031412345x", "9003141234567"]
)
def test_an_azr_number_has_twelve_digits(number):
    with pytest.raises(ValidationError):
        ICaseFile["azr_number"].validate(number)


def test_an_impossible_date_is_a_reason_to_look_again_not_to_refuse():
    ICaseFile["azr_number"].validate("901314123456")
    assert not azr_date_is_possible("901314123456")
    assert azr_date_is_possible("000229123456")
