import pytest

from inquiries.rules import limits


@pytest.mark.req("CRM-2.2.6-b")
@pytest.mark.parametrize(
    ("real_estate", "representative", "company", "limited"),
    [
        (True, True, True, False),
        (True, True, False, True),
        (True, False, True, True),
        (False, True, True, True),
    ],
    ids=["exception", "person customer", "company by itself", "another tax system"],
)
def test_only_a_companys_real_estate_representative_has_no_limit(real_estate, representative, company, limited):
    assert limited is limits.has_open_limit(
        is_real_estate=real_estate, by_representative=representative, customer_is_company=company
    )


def test_the_refusal_names_the_open_inquiries():
    assert limits.open_refusal(["2026-000001", "2026-000002"], limit=3) is None
    refusal = limits.open_refusal(["2026-000001", "2026-000002", "2026-000003"], limit=3)

    assert refusal.details["numbers"] == ["2026-000001", "2026-000002", "2026-000003"]


def test_the_fourth_message_is_refused():
    assert limits.message_refusal(2, limit=3) is None
    assert limits.message_refusal(3, limit=3).details == {"limit": 3}
