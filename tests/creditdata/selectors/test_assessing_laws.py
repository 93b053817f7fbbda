"""Laws of the command's door, for every group: golden cases with anything put in the place of anything."""

import copy
import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditdata.selectors import assessing
from tests.golden import golden

DOCUMENT = golden("creditdata/golden_cases.json")
CASES = [
    (group, case)
    for group, cases in sorted(DOCUMENT.items())
    if group in assessing.GROUPS
    for case in (cases if isinstance(cases, list) else [cases])
]
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["2026-02-30", "2026-03-01", "0001-01-01", "9999-12-31", "-1", "1e9", "NaN", "Infinity", "٣", ""])
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


def places(value, path=()):
    """The path to everything in a case."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


@st.composite
def spoiled(draw):
    """A golden case of some group in which up to three things are something else, or are gone."""
    group, case = draw(st.sampled_from(CASES))
    case = copy.deepcopy(case)
    for _ in range(draw(st.integers(1, 3))):
        *above, name = draw(st.sampled_from(list(places(case)) or [("id",)]))
        holder = case
        for step in above:
            holder = holder[step]
        if draw(st.booleans()) or isinstance(holder, list):
            holder[name] = draw(anything)
        else:
            del holder[name]
    return group, case


@pytest.fixture
def failures():
    """What the door logs when a rule broke down on a case instead of refusing it."""
    found: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = found.append
    assessing.logger.addHandler(handler)
    yield found
    assessing.logger.removeHandler(handler)


@pytest.mark.django_db
@given(spoiled())
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_case_breaks_a_rule_down(failures, case):
    group, given_case = case
    answered = assessing.answers({group: [given_case]})[group]

    assert failures == []
    assert len(json.loads(json.dumps(answered))) == 1
    (found,) = answered
    if "error" not in assessing.GROUPS[group].keys and "error" in found:
        assert set(found["error"]) == {"code", "field", "message"}
        assert found.keys().isdisjoint(assessing.GROUPS[group].keys)
