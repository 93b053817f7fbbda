import pytest

from crm_portal.errors import Code, Refused
from crm_portal.people import phones


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("050-123-4567", "+972501234567"),
        ("0521234567", "+972521234567"),
        ("+972 54 123 4567", "+972541234567"),
        ("+33 6 12 34 56 78", "+33612345678"),
    ],
)
def test_a_mobile_phone_is_kept_in_one_form(typed, number):
    assert phones.e164(typed, mobile=True) == number


@pytest.mark.parametrize(
    ("typed", "mobile"), [("02-6559559", True), ("12", True), ("abc", False), ("050-12345", False)]
)
def test_what_is_no_such_number_is_refused_at_its_field(typed, mobile):
    with pytest.raises(Refused) as refused:
        phones.e164(typed, field="mobile", mobile=mobile)

    assert refused.value.code == Code.INVALID_VALUE
    assert refused.value.refusals[0].fields == ("mobile",)


def test_a_number_at_home_may_be_given_where_no_mobile_is_needed():
    assert phones.e164("02-6559559") == "+97226559559"


@pytest.mark.parametrize(
    ("kept", "shown"), [("+972501234567", "050-123-4567"), ("+33612345678", "+33 6 12 34 56 78"), ("x", "x")]
)
def test_a_number_is_shown_as_it_is_written_here(kept, shown):
    assert phones.national(kept) == shown
