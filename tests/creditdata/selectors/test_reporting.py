"""What a report would show of the records held (regulation 43), on PostgreSQL."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from creditdata.rules.codes import AuthorisedSourceKind, RecordKind, SourceType
from creditdata.rules.inclusion import HeldBy
from creditdata.rules.parameters import DEFAULTS
from creditdata.selectors.reporting import DATED, Datum, draft, has_reportable_negative
from tests.factories.creditdata import DataSubjectFactory, SourceFactory

from .holding import DETAIL, hold, hold_files

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
JUDGMENT, NOTE, CHEQUE = RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.CHEQUE_REFUSAL_WARNING
WARNING, DEBT, CONSOLIDATION = (
    RecordKind.INTENDED_PROCEEDINGS_WARNING, RecordKind.AUTHORISED_DEBT, RecordKind.FILE_CONSOLIDATION,
)  # fmt: skip
NAME = "בנק השיטפון"


@pytest.fixture
def subject():
    return DataSubjectFactory()


def shown(subject, **settings):
    """The data by kind."""
    found = draft(subject, TODAY, **{"parameters": DEFAULTS, **settings})
    data = [datum for section in found.sections.values() for datum in section]
    return {kind: [one for one in data if one.kind is kind] for kind in {one.kind for one in data}}


@pytest.mark.req("CRD-43-a")
def test_data_are_grouped_by_source_type_each_with_the_day_of_receipt_and_of_its_source(subject):
    hold(subject, WARNING, source=SourceFactory(type=SourceType.BANKING_CORPORATION.value))
    hold(subject, WARNING)
    hold(subject, RecordKind.RECEIVING_ORDER, record={"received_on": date(2026, 3, 2), "as_of": date(2026, 2, 26)})

    sections = draft(subject, TODAY, parameters=DEFAULTS).sections

    types = [SourceType.OFFICIAL_RECEIVER, SourceType.BANKING_CORPORATION, SourceType.CARD_ISSUER]
    assert list(sections) == types
    (order,) = sections[SourceType.OFFICIAL_RECEIVER]
    assert (order.received_on, order.as_of) == (date(2026, 3, 2), date(2026, 2, 26))


@pytest.mark.req("CRD-43-b")
def test_only_active_records_of_this_licensee_about_this_subject_count(subject):
    hold_files(subject, JUDGMENT, 2)
    hold(subject, JUDGMENT, file_number="9", record={"cancelled_at": datetime(2026, 5, 1, tzinfo=UTC)})
    same_person_elsewhere = DataSubjectFactory(number=subject.number)
    hold_files(same_person_elsewhere, JUDGMENT, 3)
    hold_files(DataSubjectFactory(licensee=subject.licensee), JUDGMENT, 3)

    assert shown(subject) == {}
    assert len(shown(same_person_elsewhere)[JUDGMENT]) == 3

    hold(subject, JUDGMENT, file_number="10")
    assert len(shown(subject)[JUDGMENT]) == 3


@pytest.mark.req("CRD-43-f")
def test_files_that_joined_a_consolidation_still_count(subject):
    hold_files(subject, JUDGMENT, 3)
    hold(subject, CONSOLIDATION, files=["1", "2", "3"])

    found = shown(subject)

    assert len(found[JUDGMENT]) == 3
    assert found[CONSOLIDATION][0].fields["file_numbers"] == ("1", "2", "3")


@pytest.mark.req("CRD-43-e")
def test_the_numbers_in_a_consolidation_do_not_bring_the_files_below_their_threshold(subject):
    hold_files(subject, JUDGMENT, 2)
    hold(subject, CONSOLIDATION, files=["1", "2", "3", "4"])

    assert set(shown(subject)) == {CONSOLIDATION}


@pytest.mark.req("CRD-43-g")
def test_warnings_of_two_banks_accumulate_and_neither_bank_is_named(subject):
    for place, day in enumerate((date(2025, 3, 10), date(2026, 3, 10))):
        bank = SourceFactory(type=SourceType.BANKING_CORPORATION.value, name=f"{NAME} {place}", code=f"flood-{place}")
        hold(subject, CHEQUE, source=bank, sent_on=day)

    found = draft(subject, TODAY, parameters=DEFAULTS)

    assert len(found.sections[SourceType.BANKING_CORPORATION]) == 2
    assert NAME not in str(found.sections)
    assert "flood" not in str(found.sections)


@pytest.mark.req("CRD-43-h")
def test_one_intended_proceedings_warning_is_shown_with_the_type_of_its_source_and_not_its_name(subject):
    hold(subject, WARNING, source=SourceFactory(type=SourceType.CARD_ISSUER.value, name=NAME, code="flood"))

    (datum,) = shown(subject)[WARNING]

    assert datum.source_type is SourceType.CARD_ISSUER
    assert NAME not in str(datum)
    assert "flood" not in str(datum)


@pytest.mark.req("CRD-43-i")
def test_debts_are_given_with_the_kind_of_their_source_and_not_its_name(subject):
    kinds = [
        AuthorisedSourceKind.RETAIL_CHAIN,
        AuthorisedSourceKind.INSURANCE_COMPANY,
        AuthorisedSourceKind.OTHER_SERVICES,
    ]
    for place, kind in enumerate(kinds):
        source = SourceFactory(
            type=SourceType.AUTHORISED_SOURCE.value, authorised_kind=kind.value, name=f"{NAME} {place}"
        )
        hold(subject, DEBT, source=source, debt_reference=f"D-{place}")

    data = shown(subject)[DEBT]

    assert [one.authorised_kind for one in data] == kinds
    assert {tuple(one.fields) for one in data} == {("arose_on",)}
    assert NAME not in str(data)


@pytest.mark.req("CRD-43-i")
def test_a_debt_that_was_assigned_is_one_debt_though_two_sources_hold_it(subject):
    for source, reference in (("a", "D-1"), ("b", "D-1"), ("c", "D-2")):
        authorised = SourceFactory(type=SourceType.AUTHORISED_SOURCE.value, code=source)
        hold(subject, DEBT, source=authorised, debt_reference=reference)
    assert shown(subject) == {}

    hold(subject, DEBT, debt_reference="D-3")
    assert len(shown(subject)[DEBT]) == 3


@pytest.mark.req("CRD-43-j")
def test_positive_data_is_shown_with_a_basis_without_the_bank_and_its_reference(subject):
    bank = SourceFactory(type=SourceType.BANKING_CORPORATION.value, name=NAME)
    hold(subject, RecordKind.LOAN, source=bank)
    hold(subject, RecordKind.CREDIT_LINE, source=bank)
    assert shown(subject) == {}

    data = shown(subject, has_consent=True)
    assert set(data) == {RecordKind.LOAN, RecordKind.CREDIT_LINE}
    assert "FAC-" not in str(data)
    assert NAME not in str(data)

    hold(subject, RecordKind.RECEIVING_ORDER)
    assert RecordKind.LOAN in shown(subject)


@pytest.mark.req("CRD-26-a")
def test_negative_data_is_a_basis_only_when_it_may_be_reported(subject):
    hold_files(subject, NOTE, 4)
    assert not has_reportable_negative(subject, TODAY, DEFAULTS)

    hold(subject, NOTE, file_number="5")
    assert has_reportable_negative(subject, TODAY, DEFAULTS)


@pytest.mark.req("CRD-43-m")
def test_the_clerk_is_told_how_many_records_are_held_back_and_by_which_threshold(subject):
    hold_files(subject, JUDGMENT, 2)
    hold(subject, CHEQUE)
    hold(subject, WARNING)

    found = draft(subject, TODAY, parameters=DEFAULTS)

    told = [(one.by, one.kind, one.count, one.accumulated, one.needed) for one in found.held_back]
    assert told == [
        (HeldBy.JUDGMENT_FILES, JUDGMENT, 2, 2, 3),
        (HeldBy.CHEQUE_WARNINGS, CHEQUE, 1, 1, 2),
    ]


@pytest.mark.req("CRD-0-a")
@pytest.mark.parametrize("kind", list(DETAIL))
def test_no_technical_field_is_printed(subject, kind):
    columns = {
        JUDGMENT: {"file_number": "1"}, NOTE: {"file_number": "1"}, DEBT: {"debt_reference": "D-1"},
    }.get(kind, {})  # fmt: skip
    number = {JUDGMENT: 3, NOTE: 5, CHEQUE: 2, DEBT: 3}.get(kind, 1)
    for place in range(number):
        own = {name: f"{value}{place}" for name, value in columns.items()}
        hold(subject, kind, **own)

    data = shown(subject, has_consent=True)[kind]

    assert len(data) == number
    technical = {"office", "judgment_nature", "base_event", "debt_reference", "facility_reference"}
    assert technical.isdisjoint(data[0].fields)
    assert DATED[kind] in data[0].fields


def test_a_datum_has_no_place_for_a_name_of_a_source():
    assert {field.name for field in fields(Datum)} == {
        "record_id", "kind", "source_type", "authorised_kind", "received_on", "as_of", "fields",
    }  # fmt: skip


def test_however_much_is_held_a_report_is_drawn_up_in_two_queries(subject, django_assert_num_queries):
    hold_files(subject, JUDGMENT, 4)
    for place in range(3):
        hold(subject, CONSOLIDATION, consolidation_number=str(place), files=["1", "2"])
    hold(subject, RecordKind.RECEIVING_ORDER)

    with django_assert_num_queries(2):
        draft(subject, TODAY, parameters=DEFAULTS)
