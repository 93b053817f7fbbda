"""Settings with the day from which they hold, and exemptions: both by two persons of the Registrar."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from creditdata.models import AdministeredSetting, DualControlProposal, Exemption, Membership
from creditdata.rules.administered import SETTINGS, default_of, is_readable
from creditdata.rules.codes import ProposalState
from creditdata.rules.parameters import DEFAULTS
from creditdata.rules.reasons import Reason
from creditdata.rules.vital import Operation
from creditdata.selectors.parameters import parameters_on
from creditdata.services import accesses, dual_control
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import calendar
from tests.factories.creditdata import LicenseeFactory, identified, member
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def registrar():
    return member(Role.REGISTRAR_OFFICER), member(Role.REGISTRAR_APPROVER)


def decide(registrar, operation, payload, *, at=AT):
    officer, approver = registrar
    proposal = dual_control.propose(
        operation=operation, licensee_id=None, payload=payload, reasons="החלטת הרשם", by=officer, at=at
    )
    return dual_control.approve(proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=approver, at=at)


def change(registrar, key, value, valid_from):
    payload = {"key": key, "value": value, "valid_from": valid_from}
    return decide(registrar, Operation.CHANGE_SETTING, payload)


def code_of(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


@pytest.mark.req("CRD-77-a")
def test_a_threshold_holds_from_its_day_and_the_history_stays(registrar):
    change(registrar, "CRD_THRESHOLD_JUDGMENTS", "4", "2026-12-01")
    change(registrar, "CRD_THRESHOLD_JUDGMENTS", "6", "2027-01-01")
    change(registrar, "CRD_PAY_FORMULA", "conserving", "2026-11-24")

    assert parameters_on(date(2026, 11, 23)) == DEFAULTS
    assert parameters_on(date(2026, 11, 30)).thresholds.judgment_files == 3
    assert parameters_on(date(2026, 12, 1)).thresholds.judgment_files == 4
    assert parameters_on(date(2027, 1, 1)).thresholds.judgment_files == 6
    assert parameters_on(date(2027, 1, 1)).thresholds.note_files == 5
    assert parameters_on(date(2026, 11, 24)).pay_formula == "conserving"
    assert AdministeredSetting.objects.count() == 3


def test_of_two_values_for_one_day_the_later_one_holds(registrar):
    change(registrar, "CRD_LEVEL_LOAN", "26000", "2026-12-01")
    change(registrar, "CRD_LEVEL_LOAN", "27000.50", "2026-12-01")

    assert parameters_on(date(2026, 12, 1)).level_loan == Decimal("27000.50")


@pytest.mark.parametrize("key", list(SETTINGS))
def test_every_setting_has_the_printed_default_and_reads_it_back(key):
    assert is_readable(key, default_of(key))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("CRD_NOTE_WORDS", "forty"),
        ("CRD_NOTE_WORDS", "0"),
        ("CRD_PAY_FORMULA", "fair"),
        ("CRD_LEVEL_LOAN", "-1"),
        ("CRD_LEVEL_LOAN", "1.005"),
        ("CRD_LEVEL_LOAN", "NaN"),
        ("CRD_COMMENCEMENT_DATE", "25.4.2004"),
        ("CRD_REPORT_MAX_AGE", "RUMOUR=12"),
        ("CRD_KEEP_INFORMATION_YEARS", "6"),
    ],
)
def test_a_value_that_the_setting_cannot_have_is_refused(registrar, key, value):
    assert code_of(lambda: change(registrar, key, value, "2026-12-01")) is Code.INVALID_VALUE
    assert not DualControlProposal.objects.of_every_licensee().exists()


def test_no_setting_is_changed_for_a_day_that_is_over(registrar):
    assert code_of(lambda: change(registrar, "CRD_NOTE_WORDS", "50", "2026-11-23")) is Code.INVALID_VALUE


def test_a_setting_is_neither_changed_nor_removed_in_the_database(registrar):
    change(registrar, "CRD_NOTE_WORDS", "50", "2026-12-01")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE creditdata_administeredsetting SET value = '90'")


def exempt(registrar, at_licensee, *, operations=(Operation.GIVE_ROLE,), **changed):
    payload = {
        "licensee": at_licensee.pk, "operations": [one.value for one in operations], "from_compartments": False,
        "substitute_duties": "דיווח שבועי לרשם", "valid_from": "2026-11-24", "valid_until": "2026-12-31", **changed,
    }  # fmt: skip
    return decide(registrar, Operation.EXEMPT, payload)


def give(licensee, by, role=Role.LICENSEE_INTAKE, *, user=None, at=AT):
    user = user or identified(UserFactory())
    return dual_control.propose(
        operation=Operation.GIVE_ROLE, licensee_id=licensee.pk, reasons="עובד חדש", by=by, at=at,
        payload={"user": user.pk, "role": role.value, "licensee": licensee.pk},
    )  # fmt: skip


@pytest.mark.req("CRD-77-d")
def test_an_exempt_licensee_carries_out_alone_what_its_scope_names_until_its_end(registrar):
    licensee = LicenseeFactory()
    security = member(Role.LICENSEE_SECURITY, licensee)
    exempt(registrar, licensee)

    done = give(licensee, security)
    after_its_end = give(licensee, security, at=datetime(2027, 1, 1, 8, 0, tzinfo=UTC))
    other = dual_control.propose(
        operation=Operation.EXPORT_MANY, licensee_id=licensee.pk, payload={"list": "access_log", "narrowing": {}},
        reasons="לביקורת", by=security, at=AT,
    )  # fmt: skip

    assert (done.state, done.approver, done.exemption) == (
        ProposalState.EXECUTED.value, None, Exemption.objects.get(),
    )  # fmt: skip
    assert Membership.objects.filter(given_by=done).exists()
    assert (after_its_end.state, other.state) == (ProposalState.PROPOSED.value, ProposalState.PROPOSED.value)


@pytest.mark.req("CRD-77-d")
def test_an_exemption_from_compartments_lets_one_person_hold_what_they_keep_apart(registrar):
    licensee = LicenseeFactory()
    security = member(Role.LICENSEE_SECURITY, licensee)
    both = member(Role.LICENSEE_REQUESTS, licensee)
    assert code_of(lambda: give(licensee, security, Role.LICENSEE_CONTRACTS, user=both)) is Reason.COMPARTMENT_CONFLICT

    exempt(registrar, licensee, operations=(), from_compartments=True)

    assert give(licensee, security, Role.LICENSEE_CONTRACTS, user=both).state == ProposalState.PROPOSED.value


@pytest.mark.parametrize(
    "changed",
    [
        {"substitute_duties": " "},
        {"operations": ()},
        {"operations": (Operation.EXEMPT,)},
        {"operations": (Operation.CHANGE_SETTING,)},
        {"valid_until": "2026-11-23"},
        {"valid_from": "2026-11-23"},
        {"licensee": 0},
    ],
)
def test_an_exemption_without_scope_duties_or_end_is_refused(registrar, changed):
    assert code_of(lambda: exempt(registrar, LicenseeFactory(), **changed)) in {Code.INVALID_VALUE, Code.FIELD_REQUIRED}
    assert not Exemption.objects.exists()


@pytest.mark.req("CRD-77-d")
def test_no_exemption_frees_from_stating_a_purpose(registrar):
    licensee = LicenseeFactory()
    exempt(registrar, licensee, operations=(Operation.GIVE_ROLE, Operation.CORRECT_DATA), from_compartments=True)

    clerk = member(Role.LICENSEE_RECORDS, licensee)

    assert code_of(lambda: accesses.require_purpose("", clerk)) is Reason.PURPOSE_REQUIRED


def test_the_database_takes_no_exemption_that_is_over(registrar):
    licensee = LicenseeFactory()
    security = member(Role.LICENSEE_SECURITY, licensee)
    exempt(registrar, licensee)
    waiting = give(licensee, security, at=datetime(2027, 1, 1, 8, 0, tzinfo=UTC))

    with (
        pytest.raises(DatabaseError, match="No exemption in force"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE creditdata_dualcontrolproposal SET state = 'EXECUTED', decided_at = proposed_at,"
            " exemption_id = (SELECT id FROM creditdata_exemption) WHERE id = %s",
            [waiting.pk],
        )


def declare(registrar, **changed):
    payload = {"calendar": "banking", "day": "2026-12-01", "is_working": False, "name": "השבתה", **changed}
    return decide(registrar, Operation.DECLARE_DAY, payload)


@pytest.mark.req("CRD-1-h")
def test_a_day_is_declared_by_two_in_its_calendar_alone_and_withdrawn_by_two(registrar):
    day = date(2026, 12, 1)
    declare(registrar)

    assert not calendar(CalendarName.BANKING).is_business_day(day)
    assert calendar(CalendarName.GENERAL).is_business_day(day)
    assert CalendarDay.objects.get().reason == "החלטת הרשם"
    declare(registrar, is_working=None, name="")
    assert calendar(CalendarName.BANKING).is_business_day(day)


@pytest.mark.parametrize(
    "changed",
    [{"calendar": "authority"}, {"name": " "}, {"day": "2126-12-01"}, {"is_working": None, "day": "2026-12-02"}],
)
def test_a_day_that_cannot_be_declared_is_refused(registrar, changed):
    assert code_of(lambda: declare(registrar, **changed)) in {Code.INVALID_VALUE, Code.FIELD_REQUIRED}
    assert not CalendarDay.objects.exists()
