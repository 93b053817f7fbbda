"""A right row of every kind of negative data, from its source to the register and into a report."""

from datetime import UTC, date, datetime

import pytest

from creditdata.models import OriginalRecord, Record
from creditdata.rules.codes import POSITIVE, AuthorisedSourceKind, BankruptcyEvent, RecordKind, SourceType
from creditdata.rules.kinds import KINDS
from creditdata.rules.parameters import DEFAULTS
from creditdata.selectors.reporting import draft

from ..rules.rows import GOOD, ON, read, supplier
from ..supplying import fates, supplied

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NEGATIVE = [kind for kind in RecordKind if kind not in POSITIVE]
SEVEN_YEARS_ON = date(2033, 3, 2)
ACCEPTED = [("ACCEPTED",)]
# The subject's particulars are the subject's; the files of a consolidation have rows of their own.
ELSEWHERE = {"last_name", "first_name", "id_kind", "id_number", "id_country", "file_numbers"}


@pytest.fixture
def take(licensee, source_of, clerk):
    """Supply the right row of a kind, with changes, on 2 March 2026; gives its record, or what became of the row."""
    sources = {}

    def send(kind, source_type, changes):
        if source_type not in sources:
            authorised = {"source__authorised_kind": AuthorisedSourceKind.RETAIL_CHAIN.value}
            sources[source_type] = source_of(
                source_type, **(authorised if source_type is SourceType.AUTHORISED_SOURCE else {})
            )
        row = {**GOOD[kind], **changes}
        return supplied(licensee, sources[source_type], clerk, [row], kind=kind, as_of=ON, on=ON, at=AT)

    def taken(kind, source_type=None, **changes):
        if kind is RecordKind.BANKRUPTCY_UPDATE and not Record.objects.for_licensee(licensee).exists():
            send(RecordKind.RECEIVING_ORDER, SourceType.OFFICIAL_RECEIVER, {})
        batch = send(kind, source_type or supplier(kind), changes)
        assert fates(batch) == ACCEPTED
        return Record.objects.for_licensee(licensee).get(kind=kind)

    return taken


@pytest.mark.req("CRD-0-a")
@pytest.mark.parametrize("kind", NEGATIVE)
def test_every_field_of_a_kind_reaches_its_own_table(take, kind):
    record = take(kind)

    held = getattr(record, kind.replace("_", "").lower())
    said = {name: value for name, value in read(kind).values.items() if name in KINDS[kind].legal}
    expected = {name: value for name, value in said.items() if name not in ELSEWHERE}
    assert expected
    assert {name: getattr(held, name) for name in expected} == expected


def keeps_seven_years(record):
    assert record.retain_until == SEVEN_YEARS_ON
    assert {one.retain_until for one in OriginalRecord.objects.for_licensee(record.licensee)} == {SEVEN_YEARS_ON}


@pytest.mark.req("CRD-5-a")
@pytest.mark.parametrize("kind", [RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE])
def test_the_official_receivers_data_is_kept_seven_years(take, kind):
    keeps_seven_years(take(kind))


@pytest.mark.req("CRD-11-a")
@pytest.mark.parametrize("kind", [kind for kind in NEGATIVE if SourceType.EXECUTION_OFFICE in KINDS[kind].sources])
def test_the_execution_offices_data_is_kept_seven_years(take, kind):
    keeps_seven_years(take(kind))


@pytest.mark.req("CRD-15-a")
def test_the_bank_of_israels_data_is_kept_seven_years(take):
    keeps_seven_years(take(RecordKind.BOI_RESTRICTION))


@pytest.mark.req("CRD-20-a")
@pytest.mark.parametrize("source_type", [SourceType.BANKING_CORPORATION, SourceType.CARD_ISSUER])
def test_warnings_are_kept_seven_years(take, source_type):
    keeps_seven_years(take(RecordKind.INTENDED_PROCEEDINGS_WARNING, source_type))


@pytest.mark.req("CRD-4-e")
def test_the_cancellation_of_a_proceeding_leaves_its_order_in_the_report(take, licensee):
    update = take(RecordKind.BANKRUPTCY_UPDATE, event_type=BankruptcyEvent.PROCEEDING_CANCELLED.value)

    lines = draft(update.subject, ON, parameters=DEFAULTS).sections[SourceType.OFFICIAL_RECEIVER]

    assert [line.kind for line in lines] == [RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE]
    assert Record.objects.for_licensee(licensee).active().count() == 2
