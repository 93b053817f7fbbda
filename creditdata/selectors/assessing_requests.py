"""Groups of what a subject's requests rest on (regulations 50 to 62), and of a wind-down (81)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import Facts, InvalidInput
from crm_portal.worktime.rules.calendars import JERUSALEM
from crm_portal.worktime.rules.periods import day_of

from ..rules import corrected, fees, notes, wind_down
from ..rules.corrected import Delivery
from ..rules.identification import Offered, authorisation_refusal, identification_refusal
from .calendars import Calendars
from .groups import Group

SUBJECT = "subject"
_SAME_REQUESTER = re.compile(r".+_same_requester_as_(?P<requester>.+)")
_LAWYER, _OTHER = "lawyer", "other"
_HIMSELF, _NOTARY = "same_lawyer", "notary"


def own_report_fee(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether another report may be charged, and whether the sum asked is within its cap (CRD-51-e)."""
    return _fee(case, "previous_free_request", fees.OWN_REPORT_FREE_EVERY, "CRD-51-e")


def review_fee(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether another review may be charged, and whether the sum asked is within its cap (CRD-55-a)."""
    return _fee(case, "previous_review", fees.REVIEW_FREE_EVERY, "CRD-55-a")


def _fee(case: Facts, previous_name: str, months: int, clause: str) -> dict[str, Any]:
    """By the dates, by the prices, or by both: without dates the sum is that of a further request."""
    answered: dict[str, Any] = {}
    knows_tariffs = case.has("third_party_tariff")
    tariffs = [_price(case, place, given) for place, given in enumerate(case.items("third_party_tariff"))]
    cap = fees.cap_of(tariffs)
    if not case.has("asked") or case.has("request") or case.has(previous_name):
        previous, requested = case.day(previous_name), case.known_day("request")
        if previous is not None and requested < previous:
            raise InvalidInput(Code.INVALID_VALUE, case.where("request"))
        charge = fees.charge(previous, requested, months, tariffs)
        answered["charge_allowed"] = charge.is_within_period and (bool(tariffs) or not knows_tariffs)
        cap = charge.cap
    if case.has("asked"):
        if not knows_tariffs:
            raise InvalidInput(Code.FIELD_REQUIRED, case.where("third_party_tariff"))
        refusal = next(fees.cap_refusals(case.number("asked", places=2), cap, clause), None)
        answered["expected_error"] = str(refusal.code) if refusal else None
    return answered


def _price(case: Facts, place: int, given: object) -> Decimal:
    return Facts({str(place): given}, case.where("third_party_tariff")).number(str(place), places=2)


def corrected_recipients(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Who receives a corrected report, and until when (CRD-59-a, b)."""
    last_action = case.known_day("last_action")
    if not case.has("deliveries"):
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("deliveries"))
    found = corrected.recipients(_deliveries(case.part("deliveries")), last_action)
    return {
        "recipients": list(found),
        "deadline": corrected.due_on(last_action, calendars.general(last_action)).isoformat(),
    }


def _deliveries(given: Facts) -> Iterator[Delivery]:
    """Each under its name; a name may say that its requester is another's, or that it was the subject's own report."""
    for name in given.names():
        same = _SAME_REQUESTER.fullmatch(name)
        recipient = same["requester"] if same else SUBJECT if name.startswith(f"{SUBJECT}_") else name
        if isinstance(given.raw(name), list | tuple):
            listed = Facts({str(place): day for place, day in enumerate(given.items(name))}, given.where(name))
            days = [listed.known_day(place) for place in listed.names()]
        else:
            days = [given.known_day(name)]
        for day in days:
            yield Delivery(recipient, day)


def note_words(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """How many words a text has, or whether so many may be printed (CRD-61-a)."""
    if case.has("text"):
        return {"words": notes.count_words(case.text("text"))}
    return {"accepted": notes.is_short_enough(case.whole("words"))}


def identification(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether somebody is identified by regulation 62, and why not (CRD-62-b, c)."""
    channel, method = _said(case, "channel"), _said(case, "method")
    verifier, procedure = case.text("verifier").strip().upper(), case.text("procedure_version")
    refusal = identification_refusal(Offered(channel, method, verifier or None, procedure or None))
    return {"accepted": refusal is None, "error": str(refusal.code) if refusal else None}


def representative_authorisation(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Whether an authorisation to review is verified as it must be, and why not (CRD-52-b)."""
    representative, verified_by = _said(case, "representative").lower(), case.text("verified_by").strip().lower()
    if representative not in (_LAWYER, _OTHER):
        raise InvalidInput(Code.INVALID_VALUE, case.where("representative"))
    refusal = authorisation_refusal(
        is_lawyer=representative == _LAWYER,
        is_notarised=verified_by == _NOTARY,
        is_verified_by_himself=verified_by == _HIMSELF,
    )
    return {"accepted": True} if refusal is None else {"accepted": False, "error": str(refusal.code)}


def _said(case: Facts, name: str) -> str:
    said = case.text(name).strip().upper()
    if not said:
        raise InvalidInput(Code.FIELD_REQUIRED, case.where(name))
    return said


def winding_down(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """Until when the Registrar has the database and the documents of a licensee that ceases (CRD-81-c, d)."""
    cessation = _moment(case, "cessation")
    found = wind_down.handover(cessation, calendars.general(day_of(cessation)))
    return {"database_due": found.database_due.isoformat(), "documents_due": found.documents_due.isoformat()}


def _moment(case: Facts, name: str) -> datetime:
    """An instant, in Israeli time when it names no zone; a day alone is none."""
    given = case.text(name)
    if not given:
        raise InvalidInput(Code.FIELD_REQUIRED, case.where(name))
    try:
        moment = datetime.fromisoformat(given)
        Facts({name: given[: len("2026-04-01")]}).known_day(name)
        if len(given) == len(date.min.isoformat()):
            raise ValueError
    except (ValueError, InvalidInput):
        raise InvalidInput(Code.INVALID_VALUE, case.where(name)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=JERUSALEM)


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "own_report_fee": Group(own_report_fee, ("charge_allowed", "expected_error")),
        "review_fee": Group(review_fee, ("charge_allowed", "expected_error")),
        "corrected_recipients": Group(corrected_recipients, ("recipients", "deadline")),
        "note_words": Group(note_words, ("accepted",)),
        "identification": Group(identification, ("accepted", "error")),
        "representative_authorisation": Group(representative_authorisation, ("accepted", "error")),
        "wind_down": Group(winding_down, ("database_due", "documents_due")),
    }
)
