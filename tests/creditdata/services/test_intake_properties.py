"""Whatever is supplied, the counters add up and the register is what originals and entries say (CRD-0-h, 74-b)."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditdata.models import IntakeRow, OriginalRecord, Record, RecordEntry
from creditdata.rules.codes import RowStatus
from creditdata.rules.registers import EntryType
from creditdata.services import reference
from creditdata.services.chains import verify_chain
from tests.factories.creditdata import LicenseeFactory, MembershipFactory, SourceAgreementFactory

from ..supplying import AT, counters, order, supplied

pytestmark = pytest.mark.django_db

ROWS = st.builds(
    lambda n, given: order(n, **given),
    st.integers(1, 3),
    st.fixed_dictionaries(
        {},
        optional={
            "event": st.sampled_from(["NEW", "UPDATE", "CANCEL"]),
            "order_date": st.sampled_from(["2025-11-03", "2025-12-01", "2002-02-01", "no day"]),
            "last_name": st.sampled_from(["לוי", "כהן1"]),
            "as_of": st.sampled_from(["2026-02-26", "2026-03-01", "2026-01-01"]),
            "cancelled": st.sampled_from(["true", "false"]),
            "debt": st.just("500"),
        },
    ),
)
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def take_in(rows):
    reference.load(overwrite=False)
    licensee = LicenseeFactory()
    source = SourceAgreementFactory(licensee=licensee).source
    batch = supplied(licensee, source, MembershipFactory(licensee=licensee).user, rows)
    return licensee, batch


@pytest.mark.req("CRD-0-h")
@FEW
@given(rows=st.lists(ROWS, min_size=1, max_size=8))
def test_every_row_has_one_status_and_the_counters_add_up(rows):
    licensee, batch = take_in(rows)
    found = Counter(IntakeRow.objects.for_licensee(licensee).values_list("status", flat=True))
    read, *by_status = counters(batch)
    assert read == len(rows) == sum(by_status)
    assert by_status == [found[status] for status in RowStatus]


@pytest.mark.req("CRD-74-b")
@FEW
@given(rows=st.lists(ROWS, min_size=1, max_size=8))
def test_the_register_is_what_originals_and_entries_say(rows):
    licensee, _batch = take_in(rows)
    records = Record.objects.for_licensee(licensee).select_related("receivingorder")
    originals, entries = (model.objects.for_licensee(licensee) for model in (OriginalRecord, RecordEntry))
    assert {original.record_id for original in originals} == {record.pk for record in records}
    for record in records:
        own = list(entries.filter(record=record).order_by("pk"))
        stated = [record.originals.for_licensee(licensee).order_by("sequence").first().as_of]
        stated += [date.fromisoformat(entry.payload["as_of"]) for entry in own if entry.type != EntryType.CANCELLATION]
        assert record.as_of == max(stated)
        assert (record.cancelled_at is not None) == any(entry.type == EntryType.CANCELLATION for entry in own)
        changes = [entry.payload["values"] for entry in own if entry.type == EntryType.CHANGE]
        if changes:
            assert record.receivingorder.order_date.isoformat() == changes[-1]["order_date"]
        assert [entry.previous_id for entry in own] == [None, *(entry.pk for entry in own)][: len(own)]
    assert verify_chain(licensee_id=licensee.pk, at=AT).fault_count == 0
