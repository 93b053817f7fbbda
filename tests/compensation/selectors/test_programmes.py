"""A programme is dated data: as it ships, as the manager changed it, and the next emergency without new code."""

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction

from compensation.models import (
    EligibilityCell,
    Programme,
    ProgrammeParameter,
    ScheduleMembership,
    Town,
    TownAlias,
)
from compensation.rules.assembling import PARAMETERS
from compensation.rules.codes import Annex
from compensation.selectors import shipped
from compensation.selectors.assessing import answer
from compensation.selectors.programmes import current, programme_on
from compensation.services import programmes
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory

AT = datetime(2023, 12, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    call_command("load_compensation_towns", verbosity=0)


@pytest.fixture
def manager():
    return UserFactory(roles=[Role.COMPENSATION_MANAGER])


def by_content(programme):
    return {field.name: getattr(programme, field.name) for field in fields(programme) if field.name != "version"}


def test_the_shipped_files_answer_while_the_database_is_empty():
    assert current() is shipped.from_files()


def test_the_database_holds_what_ships(loaded):
    assert by_content(current()) == by_content(shipped.from_files())


@pytest.mark.req("CMP-annexA-a")
def test_a_second_load_changes_nothing(loaded, capsys):
    counts = [model.objects.count() for model in (Town, TownAlias, ScheduleMembership, ProgrammeParameter)]

    call_command("load_compensation_towns")

    assert "0 created" in capsys.readouterr().out
    assert [model.objects.count() for model in (Town, TownAlias, ScheduleMembership, ProgrammeParameter)] == counts
    assert ScheduleMembership.objects.values("town").distinct().count() == 362


@pytest.mark.req("CMP-1.4-a")
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda members: members["שדרות"].remove(Annex.SECOND_SCHEDULE), id="a town of A that is not in B"),
        pytest.param(lambda members: members["אשדוד"].add(Annex.FOURTH_SCHEDULE), id="a town of B and C"),
        pytest.param(lambda members: members["אשדוד"].add(Annex.EVACUATED), id="a town of D outside A and C"),
        pytest.param(lambda members: members.pop("אשדוד"), id="a town is missing"),
    ],
)
def test_annexes_that_contradict_each_other_are_not_loaded(spoil, monkeypatch):
    members = shipped.members()
    spoil(members)
    monkeypatch.setattr(shipped, "members", lambda: members)

    with pytest.raises(CommandError):
        call_command("load_compensation_towns")

    assert not Town.objects.exists()


@pytest.mark.req("CMP-annexD-a")
def test_no_evacuated_town_lies_outside_the_third_and_the_fourth_schedule(loaded):
    evacuated = ScheduleMembership.objects.filter(annex="D").values("town")
    third, fourth = (set(ScheduleMembership.objects.filter(annex=a, town__in=evacuated)) for a in "AC")

    assert (len(evacuated), len(third), len(fourth)) == (106, 55, 51)


@pytest.mark.req("CMP-1.9-a")
def test_the_government_decisions_are_rows_with_their_dates(loaded):
    assert current().government_decisions == {
        "950": date(2023, 10, 12),
        "975": date(2023, 10, 18),
        "978": date(2023, 10, 19),
        "988": date(2023, 10, 23),
    }


@pytest.mark.req("CMP-1.3-a")
def test_the_determining_period_is_one_constant(loaded):
    assert (current().determining_from, current().determining_until) == (date(2023, 10, 7), date(2023, 10, 31))


@pytest.mark.req("CMP-1.12-a")
def test_the_opening_of_the_window_keeps_its_history(loaded, manager):
    moved = {"value": "2023-11-26", "reason": "המערכת לא עלתה", "by": manager, "at": AT}
    programmes.set_parameter(code=shipped.CODE, key="window_opens_on", valid_from=date(2023, 11, 20), **moved)

    assert programme_on(date(2023, 11, 19)).window_opens_on == date(2023, 11, 19)
    assert programme_on(date(2023, 11, 20)).window_opens_on == date(2023, 11, 26)
    held = ProgrammeParameter.objects.filter(key="window_opens_on").values_list("value", "set_by")
    assert list(held) == [("2023-11-19", None), ("2023-11-26", manager.pk)]


def test_a_figure_that_was_set_is_never_changed(loaded):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ProgrammeParameter.objects.update(value="1")


def test_a_change_needs_a_reason_in_the_database_too(loaded, manager):
    row = {"key": "day_value", "value": "1", "clause": "3.2", "valid_from": AT.date(), "set_by": manager, "set_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.get().parameters.create(**row)


@pytest.mark.parametrize(
    ("key", "value", "reason", "code", "field"),
    [
        ("day_value", "many", "כי", Code.INVALID_VALUE, "value"),
        ("window_opens_on", "2023-11-31", "כי", Code.INVALID_VALUE, "value"),
        ("no_such_figure", "1", "כי", Code.INVALID_VALUE, "key"),
        ("day_value", "600", "  ", Code.FIELD_REQUIRED, "reason"),
    ],
)
def test_a_change_that_cannot_hold_is_refused(loaded, manager, key, value, reason, code, field):
    change = {"key": key, "value": value, "reason": reason, "valid_from": AT.date(), "by": manager, "at": AT}

    with pytest.raises(Refused) as refused:
        programmes.set_parameter(code=shipped.CODE, **change)

    assert [(one.code, one.fields) for one in refused.value.refusals] == [(code, (field,))]


def test_only_the_manager_keeps_the_figures(loaded):
    clerk = UserFactory(roles=[Role.COMPENSATION_CLERK])
    change = {"key": "day_value", "value": "600", "reason": "כי", "valid_from": AT.date(), "by": clerk, "at": AT}

    with pytest.raises(Refused) as refused:
        programmes.set_parameter(code=shipped.CODE, **change)

    assert refused.value.refusals[0].code == Code.PERMISSION_DENIED


@pytest.mark.req("CMP-7.1-a")
def test_the_manager_says_which_towns_are_border_settlements(loaded, manager):
    case = {"id": "1", "track": "red", "inputs": {"business_town": "אשדוד"}}
    assert answer(case)["result"]["reason"] == "RED_NOT_BORDER_SETTLEMENT"

    town = Town.objects.get(name="אשדוד")
    programmes.mark_border_settlement(town_id=town.pk, is_border=True, reason="הוכרז", by=manager, at=AT)

    assert answer(case)["result"]["allowed"] is True


def test_every_figure_that_ships_cites_its_clause():
    shipped_rows = shipped.figures()["parameters"]

    assert {row["key"] for row in shipped_rows} == set(PARAMETERS)
    assert all(row["clause"] for row in shipped_rows)


def test_the_next_emergency_is_data_alone(loaded):
    first = Programme.objects.get()
    second = Programme.objects.create(code="north-2027", name_he="צפון 2027", name_en="North 2027")
    changed = {"field_worker_value": "20000", "agriculture_cap": "50000"}
    for row in first.parameters.all():
        value = changed.get(row.key, row.value)
        second.parameters.create(key=row.key, value=value, clause="9.9", valid_from=date(2027, 1, 1))
    for cell in first.cells.all():
        EligibilityCell.objects.create(programme=second, row=cell.row, column=cell.column, eligibility=cell.eligibility)
    haifa = Town.objects.get(name="חיפה")
    ScheduleMembership.objects.create(programme=second, town=haifa, annex="C", name_as_printed="חיפה")
    inputs = {"field_workers": 3, "fields": [{"town": "חיפה", "dunams": "12.5"}]}

    then = answer({"id": 1, "track": "agriculture", "inputs": inputs, "programme": "north-2027"})["result"]
    now = answer({"id": 1, "track": "agriculture", "inputs": inputs})["result"]

    assert (then["amount_before_cap"], then["amount"]) == ("60000", "50000")
    assert (now["reason"], now["amount"]) == ("AGR_FIELDS_NOT_IN_AREA", "0")
    assert current().field_worker_value == Decimal(12844)
