"""What a subject's requests rest on: identification, fees, notes, corrected reports; and the clocks of a wind-down."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from creditdata.rules import corrected, fees, notes, wind_down
from creditdata.rules.codes import ReviewMode
from creditdata.rules.corrected import Delivery
from creditdata.rules.identification import (
    Certificate,
    Offered,
    ShownCard,
    authorisation_refusal,
    card_refusals,
    certificate_refusals,
    identification_refusal,
    mode_refusal,
)
from creditdata.rules.parameters import NoteScope, Parameters
from creditdata.rules.reasons import Reason
from crm_portal.errors import Code
from crm_portal.worktime.rules.calendars import JERUSALEM, build

EVERY_DAY_BUT_SATURDAY = build(lambda day: day.weekday() != 5, first=date(2025, 1, 1), last=date(2027, 12, 31))
TARIFFS = [Decimal("45.00"), Decimal("38.50")]
TODAY = date(2026, 6, 1)


@pytest.mark.req("CRD-62-b")
@pytest.mark.parametrize("channel", ["OFFICE", "ELECTRONIC_MESSAGE", "POST", "FAX"])
@pytest.mark.parametrize("method", ["IDENTITY_CARD", "CERTIFIED_SIGNATURE", "VERIFIED_BY_THIRD_PARTY", "PORTAL_LOGIN"])
def test_each_channel_has_one_method_and_every_other_pair_is_refused(channel, method):
    pairs = {
        ("OFFICE", "IDENTITY_CARD"),
        ("ELECTRONIC_MESSAGE", "CERTIFIED_SIGNATURE"),
        ("POST", "VERIFIED_BY_THIRD_PARTY"),
    }
    refusal = identification_refusal(Offered(channel, method, verifier="LAWYER"))
    if (channel, method) in pairs:
        assert refusal is None
    else:
        assert refusal.code is Reason.ID_METHOD_CHANNEL_MISMATCH


@pytest.mark.req("CRD-62-b")
@pytest.mark.parametrize("verifier", ["NOTARY", None, ""])
def test_by_post_nobody_else_verifies(verifier):
    refusal = identification_refusal(Offered("POST", "VERIFIED_BY_THIRD_PARTY", verifier))
    assert refusal.code is Reason.ID_VERIFIER_NOT_ALLOWED


@pytest.mark.req("CRD-62-b")
def test_an_uncertified_signature_is_refused_as_such_only_where_a_certified_one_would_do():
    plain = "PLAIN_ELECTRONIC_SIGNATURE"
    electronic, by_post = (
        identification_refusal(Offered(channel, plain)) for channel in ("ELECTRONIC_MESSAGE", "POST")
    )
    assert electronic.code is Reason.ID_SIGNATURE_NOT_CERTIFIED
    assert by_post.code is Reason.ID_METHOD_CHANNEL_MISMATCH


@pytest.mark.req("CRD-62-c")
def test_a_postal_bank_clerk_verifies_by_an_approved_procedure():
    offered = Offered("POST", "VERIFIED_BY_THIRD_PARTY", "POSTAL_BANK_CLERK", "  ")
    assert identification_refusal(offered).code is Reason.ID_PROCEDURE_MISSING


@pytest.mark.req("CRD-62-d")
@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (ShownCard("123", date(2020, 1, 1)), []),
        (ShownCard("", None), [Reason.FIELD_MISSING, Reason.FIELD_MISSING]),
        (ShownCard("124", date(2020, 1, 1)), [Reason.ID_NUMBER_INVALID]),
        (ShownCard("123", date(2026, 6, 2)), [Reason.DATE_IN_FUTURE]),
    ],
)
def test_the_card_that_was_shown_is_that_of_the_request(card, expected):
    assert [one.code for one in card_refusals(card, "123", TODAY)] == expected


@pytest.mark.req("CRD-62-e")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"valid_until": date(2026, 5, 31)}, ["valid_until"]),
        ({"valid_from": date(2026, 6, 2)}, ["valid_until"]),
        ({"id_number": "124"}, ["id_number"]),
        ({"content_hash": "other"}, ["content_hash"]),
        ({"serial": "", "issuer": ""}, ["serial", "issuer"]),
    ],
)
def test_a_signature_is_refused_that_is_expired_or_of_something_else(changes, fields):
    kept = {
        "serial": "7", "issuer": "CA", "id_number": "123", "valid_from": date(2026, 1, 1), "valid_until": TODAY,
        "content_hash": "hash",
    }  # fmt: skip
    found = certificate_refusals(Certificate(**kept | changes), "123", "hash", TODAY)
    assert [field for one in found for field in one.fields] == fields


@pytest.mark.req("CRD-52-b")
@pytest.mark.parametrize(
    ("is_lawyer", "is_notarised", "by_himself", "accepted"),
    [(True, False, True, True), (False, True, False, True), (True, True, False, True), (False, False, True, False),
     (True, False, False, False), (False, False, False, False)],
)  # fmt: skip
def test_an_authorisation_is_verified_by_a_notary_or_by_the_lawyer_it_was_given_to(
    is_lawyer, is_notarised, by_himself, accepted
):
    refusal = authorisation_refusal(is_lawyer=is_lawyer, is_notarised=is_notarised, is_verified_by_himself=by_himself)
    assert (refusal is None) == accepted
    assert accepted or refusal.code is Reason.REP_AUTH_NOT_VERIFIED


@pytest.mark.req("CRD-53-a")
@pytest.mark.parametrize(
    ("mode", "has_signature", "is_identified", "code"),
    [
        (ReviewMode.OFFICE, False, False, None),
        (ReviewMode.ELECTRONIC, False, True, Reason.CERT_SIGNATURE_REQUIRED),
        (ReviewMode.ELECTRONIC, True, False, None),
        (ReviewMode.REGISTERED_POST, True, False, Code.IDENTIFICATION_REQUIRED),
        (ReviewMode.REGISTERED_POST, False, True, None),
    ],
)
def test_a_review_at_a_distance_needs_a_signature_or_a_verified_identity(mode, has_signature, is_identified, code):
    refusal = mode_refusal(mode, has_certified_signature=has_signature, is_identified=is_identified)
    assert (refusal.code if refusal else None) == code


@pytest.mark.req("CRD-51-e")
def test_a_second_report_within_a_year_costs_at_most_the_lowest_price_to_others():
    again = fees.charge(date(2025, 6, 10), date(2026, 6, 9), fees.OWN_REPORT_FREE_EVERY, TARIFFS)
    assert (again.is_within_period, again.cap, again.free_from) == (True, Decimal("38.50"), date(2026, 6, 10))
    assert [one.code for one in fees.cap_refusals(Decimal("38.51"), again.cap, "CRD-51-e")] == [Reason.FEE_ABOVE_CAP]
    assert list(fees.cap_refusals(Decimal("38.50"), again.cap, "CRD-51-e")) == []


@pytest.mark.req("CRD-51-e")
@pytest.mark.parametrize(
    ("last_free", "tariffs"), [(None, TARIFFS), (date(2025, 6, 10), TARIFFS), (date(2026, 6, 1), [])]
)
def test_nothing_is_charged_for_the_first_report_of_a_year_or_without_a_price_to_compare(last_free, tariffs):
    charge = fees.charge(last_free, date(2026, 6, 10), fees.OWN_REPORT_FREE_EVERY, tariffs)
    assert charge.cap == 0
    assert [one.code for one in fees.cap_refusals(Decimal("0.01"), charge.cap, "CRD-51-e")] == [Reason.FEE_ABOVE_CAP]


@pytest.mark.req("CRD-55-a")
def test_a_review_is_charged_when_six_months_have_not_passed_by_clamped_months():
    previous = date(2025, 8, 31)
    charges = [fees.charge(previous, date(2026, 2, day), fees.REVIEW_FREE_EVERY, TARIFFS) for day in (27, 28)]
    assert [one.cap for one in charges] == [Decimal("38.50"), 0]


@pytest.mark.req("CRD-61-a")
@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("  \n\t ", 0), ("– — - …", 0), ("one-two", 1), ("3%", 1), ("רח' הרצל 5", 3), ("א\u00a0ב", 2)],
)
def test_a_word_has_a_letter_or_a_digit(text, words):
    assert notes.count_words(text) == words


@pytest.mark.req("CRD-61-a")
def test_each_version_has_its_forty_words_unless_the_setting_counts_them_together():
    forty, more = "word " * 40, "word " * 41
    together = Parameters(note_scope=NoteScope.TOGETHER)
    assert list(notes.note_refusals(forty, forty)) == []
    assert [one.fields for one in notes.note_refusals(forty, more)] == [("source_version",)]
    assert [one.code for one in notes.note_refusals(forty, "word", together)] == [Reason.NOTE_TOO_LONG] * 2
    assert list(notes.note_refusals("word " * 39, "word", together)) == []


@pytest.mark.req("CRD-61-b")
@pytest.mark.parametrize(("was_asked", "was_corrected"), [(True, False), (False, True)])
def test_pending_proceedings_are_noted_on_request_and_after_a_correction_procedure(was_asked, was_corrected):
    found = notes.litigation_remark_refusals(was_asked_by_subject=was_asked, was_corrected_through=was_corrected)
    assert [one.code for one in found] == [Reason.CORRECTION_NOT_EXHAUSTED]
    assert list(notes.litigation_remark_refusals(was_asked_by_subject=True, was_corrected_through=True)) == []


@pytest.mark.req("CRD-59-b")
def test_whoever_received_a_report_in_the_six_months_receives_the_corrected_one_once():
    action = date(2026, 8, 31)
    days = [
        ("late", "2026-09-01"), ("early", "2026-02-27"), ("first", "2026-02-28"), ("twice", "2025-01-01"),
        ("subject", "2026-08-31"), ("twice", "2026-05-01"), ("twice", "2026-05-02"),
        ("twice", "2025-02-01"),
    ]  # fmt: skip
    deliveries = [Delivery(recipient, date.fromisoformat(day)) for recipient, day in days]
    assert corrected.recipients(deliveries, action) == ("first", "twice", "subject")


@pytest.mark.req("CRD-59-a")
def test_a_corrected_report_is_due_seven_business_days_after_the_last_action():
    assert corrected.due_on(date(2026, 8, 30), EVERY_DAY_BUT_SATURDAY) == date(2026, 9, 7)


@pytest.mark.req("CRD-81-c")
def test_seventy_two_hours_pass_on_a_clock_also_when_summer_time_begins():
    cessation = datetime(2026, 3, 26, 10, tzinfo=JERUSALEM)  # the clock goes forward on the 27th
    found = wind_down.handover(cessation, EVERY_DAY_BUT_SATURDAY)
    assert found.database_due.isoformat() == "2026-03-29T11:00:00+03:00"
    assert found.database_due.astimezone(UTC) - cessation.astimezone(UTC) == timedelta(hours=72)
    longer = wind_down.handover(cessation, EVERY_DAY_BUT_SATURDAY, Parameters(wind_down_hours=96))
    assert longer.database_due.isoformat() == "2026-03-30T11:00:00+03:00"


@pytest.mark.req("CRD-81-d")
def test_documents_follow_within_seven_business_days_of_the_israeli_day():
    late_evening_in_utc = datetime.fromisoformat("2026-06-01T22:30:00+00:00")  # 2 June in Jerusalem
    assert wind_down.handover(late_evening_in_utc, EVERY_DAY_BUT_SATURDAY).documents_due == date(2026, 6, 10)
