"""What a second person approves, and who that is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.rules.compartments import SHIPPED, Held, conflicts
from creditdata.rules.vital import AT_LICENSEE, AT_REGISTRAR, Operation, canonical, fingerprint, payload_of, vital

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), VALUES))
def test_a_payload_comes_back_as_it_was_proposed(payload):
    text = canonical(Operation.PURGE, 1, payload)

    assert payload_of(text) == payload
    assert fingerprint(text) == fingerprint(canonical(Operation.PURGE, 1, dict(reversed(payload.items()))))


def test_the_hash_covers_operation_licensee_and_every_value():
    texts = {
        canonical(Operation.PURGE, 1, {"on": date(2026, 3, 1), "sum": Decimal("1.50")}),
        canonical(Operation.SEAL, 1, {"on": date(2026, 3, 1), "sum": Decimal("1.50")}),
        canonical(Operation.PURGE, 2, {"on": date(2026, 3, 1), "sum": Decimal("1.50")}),
        canonical(Operation.PURGE, 1, {"on": date(2026, 3, 2), "sum": Decimal("1.50")}),
        canonical(Operation.PURGE, 1, {"on": date(2026, 3, 1), "sum": Decimal("1.5")}),
    }

    assert len({fingerprint(text) for text in texts}) == 5


def test_what_has_no_plain_form_is_not_proposed():
    with pytest.raises(TypeError):
        canonical(Operation.PURGE, 1, {"what": object()})


@pytest.mark.parametrize("operation", list(Operation))
def test_every_vital_operation_is_done_somewhere_and_nobody_holds_both_sides(operation):
    rows = [(vital(operation, at_licensee=place), place) for place in (True, False)]

    assert any(row for row, _place in rows)
    for row, place in rows:
        for proposer in row.proposers if row else ():
            here = 1 if place else None
            assert conflicts([Held(proposer, here), Held(row.approver, here)], SHIPPED)


def test_a_licensee_decides_nothing_of_the_registrars_alone():
    of_registrar = {Operation.CHANGE_SETTING, Operation.EXEMPT, Operation.FINALISE_PAYMENTS, Operation.END_WIND_DOWN}

    assert not of_registrar & AT_LICENSEE.keys()
    assert of_registrar <= AT_REGISTRAR.keys()
