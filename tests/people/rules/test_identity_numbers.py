import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.il import hp, idnr

from crm_portal.errors import Code, Refused
from crm_portal.people.rules import identity_numbers
from tests.factories.people import valid_id


@pytest.mark.req("CRM-2.1.1-b")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("039337423", "039337423", id="nine digits"),
        pytest.param("39337423", "039337423", id="leading zero left out"),
        pytest.param(" 3933742-3 ", "039337423", id="hyphen and spaces"),
        pytest.param("\u200f39337423\u200e", "039337423", id="direction marks of pasted text"),
        pytest.param("516179157", "516179157", id="company"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert identity_numbers.normalise(typed) == number


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("039337424", "check_digit"),
        ("3933742", "check_digit"),
        ("0393374230", "id_number"),
        ("000000000", "id_number"),
        ("03933742a", "id_number"),
        ("٠٣٩٣٣٧٤٢٣", "id_number"),
    ],
)
def test_a_wrong_number_is_refused_at_its_field_with_the_reason(typed, because):
    with pytest.raises(Refused) as refused:
        identity_numbers.normalise(typed)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.fields, refusal.details["because"]) == (Code.INVALID_VALUE, ("id_number",), because)


def test_an_empty_number_is_a_missing_field():
    with pytest.raises(Refused) as refused:
        identity_numbers.normalise(" \u200f- ")

    assert refused.value.code == Code.FIELD_REQUIRED


@given(st.text(alphabet="0123456789", min_size=1, max_size=11))
def test_the_check_agrees_with_python_stdnum(typed):
    try:
        expected = idnr.validate(typed)
    except ValidationError:
        with pytest.raises(Refused):
            identity_numbers.normalise(typed)
    else:
        assert identity_numbers.normalise(typed) == expected


@given(st.integers(50_000_000, 59_999_999))
def test_a_company_is_told_by_its_first_digit_as_in_python_stdnum(stem):
    number = valid_id(stem)

    assert identity_numbers.is_company(number) is hp.is_valid(number) is True


@given(st.integers(1, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(stem, place, by):
    number = valid_id(stem)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert identity_numbers.has_right_check_digit(number)
    assert not identity_numbers.has_right_check_digit(wrong)


def test_a_foreign_number_is_read_with_its_country():
    assert identity_numbers.normalise_foreign(" fr", "12 ab-345") == ("FR", "12AB345")


@pytest.mark.parametrize(
    ("country", "number", "field"),
    [
        ("IL", "123456", "country"),
        ("FRA", "123456", "country"),
        ("FR", "", "foreign_number"),
        ("FR", "א12", "foreign_number"),
    ],
)
def test_a_wrong_foreign_number_is_refused_at_its_field(country, number, field):
    with pytest.raises(Refused) as refused:
        identity_numbers.normalise_foreign(country, number)

    assert refused.value.refusals[0].fields == (field,)
