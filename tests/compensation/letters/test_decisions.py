"""What the decision letter says (CMP-2.4-b), piece by piece."""

import json
from dataclasses import asdict
from decimal import Decimal

import pytest

from compensation.letters import decisions
from compensation.models import Decision
from compensation.rules.codes import GapReason
from compensation.rules.gaps import Gap
from compensation.services import deciding
from tests.compensation.conftest import AT, fresh
from tests.compensation.services.test_deciding import WORDS, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(in_review, clerk, manager) -> str:
    gaps = [Gap(GapReason.CAUSATION_IGNORED, Decimal(18_348))]
    propose(in_review, clerk, Decimal(200_000), gaps, WORDS)
    given = deciding.approve(claim_id=in_review.pk, by=manager, at=AT)
    return as_text(fresh(in_review), given)


def as_text(claim, given: Decision) -> str:
    """The letter's words without the isolating marks."""
    content = asdict(decisions.decision(claim, given))
    del content["written_on"]
    plain = json.dumps(content, ensure_ascii=False)
    return plain.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.req("CMP-2.4-b")
@pytest.mark.parametrize(
    "piece",
    [
        "מנהל",  # the authority
        "מסלול חקלאות",
        "₪218,348",
        "₪200,000",
        WORDS,
        "אי התייחסות לדרישת הקשר הסיבתי",
        "10.03.2024",  # the last day to object
        "*4954",
    ],
)
def test_the_letter_has_its_parts(said, piece):
    assert piece in said


@pytest.mark.req("CMP-2.4-b")
def test_the_computation_is_shown_step_by_step_with_its_clause(said):
    assert "עובדים × הסכום" in said
    assert "סעיף 5.3" in said


@pytest.mark.req("CMP-8.8.3-a")
def test_it_says_that_compensation_is_income(said):
    assert "הפיצוי המשולם מהווה הכנסה החייבת במס" in said


@pytest.mark.req("CMP-8.8.6-a")
def test_it_says_where_to_ask_about_the_tax_withheld(said):
    assert "יש לפנות לפקיד השומה" in said


@pytest.mark.req("CMP-1.9-a")
def test_it_names_the_decisions_of_the_government(said):
    assert all(number in said for number in ("950", "975", "978", "988"))


@pytest.mark.req("CMP-8.6.4-a")
def test_it_says_that_an_objection_stays_no_return(said):
    assert "אין בהגשת השגה או ערר כדי לעכב" in said


@pytest.mark.req("CMP-8.5.1-a")
def test_the_tax_that_will_be_withheld_is_taken_off(said):
    assert "20.00%" in said
