"""Laws of reading a row, whatever a file or a program puts into it."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from creditdata.rules.codes import RecordKind, RowEvent, SourceType
from creditdata.rules.kinds import KINDS
from creditdata.rules.reasons import Reason
from creditdata.rules.schemas import Supply, content, natural_key, read_row
from crm_portal.errors import Code

from .rows import GOOD, ON, supply

kinds = st.sampled_from(list(RecordKind))
names = st.sampled_from(sorted({name for kind in KINDS.values() for name in kind.fields})) | st.text(max_size=8)
said = (
    st.sampled_from([value for row in GOOD.values() for value in row.values()])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.text(max_size=12)
    | st.lists(st.text(max_size=4) | st.none(), max_size=3)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
anything = st.dictionaries(names, said, max_size=20)
CODES = {*Reason, Code.INVALID_VALUE}


@given(kinds, st.sampled_from(list(SourceType)), anything)
def test_whatever_a_row_holds_it_is_read_or_told_what_is_wrong(kind, source, raw):
    row = read_row(kind, raw, Supply(source, ON))

    assert all(isinstance(name, str) and code in CODES for name, code in row.faults)
    assert row.values.keys() <= KINDS[kind].fields.keys()
    assert row.event in RowEvent


@given(kinds, anything)
def test_a_row_without_a_fault_has_all_that_a_record_needs(kind, changes):
    row = read_row(kind, {**GOOD[kind], **changes}, supply(kind))
    if row.faults:
        return

    if row.event is not RowEvent.CANCEL:
        assert {name for name, one in KINDS[kind].fields.items() if one.is_required} <= row.values.keys()
        assert row.as_of is not None or kind is RecordKind.OCCUPATION_RESTRICTION
    named = dict(zip(KINDS[kind].key, natural_key(kind, row), strict=True))
    assert all(part for name, part in named.items() if name != "id_country")
    assert content(kind, row).keys() <= set(KINDS[kind].legal)


@given(kinds, anything)
def test_the_amount_of_credit_never_leaves_the_reading(kind, changes):
    row = read_row(kind, {**GOOD[kind], **changes}, supply(kind))

    assert row.values.keys().isdisjoint({"amount", "currency"})
    assert not any(isinstance(value, Decimal) for value in row.values.values())


@given(kinds, anything)
def test_reading_a_row_twice_says_the_same(kind, changes):
    raw = {**GOOD[kind], **changes}

    first, second = read_row(kind, raw, supply(kind)), read_row(kind, raw, supply(kind))
    assert (repr(first.values), first.faults) == (repr(second.values), second.faults)


@given(kinds, st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_the_same_day_in_text_and_in_a_sheet(kind, day):
    field = next(name for name, one in KINDS[kind].fields.items() if one.read is KINDS[kind].fields["as_of"].read)
    rows = [
        read_row(kind, {**GOOD[kind], field: given}, supply(kind))
        for given in (day, day.isoformat(), datetime(day.year, day.month, day.day, 12, 30))
    ]

    assert rows[0].faults == rows[1].faults == rows[2].faults
    assert rows[0].values == rows[1].values == rows[2].values
