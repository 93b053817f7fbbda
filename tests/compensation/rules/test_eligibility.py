"""Which tracks a place opens: the matrix of 2.6, its notes, and the area of 1.6 and 1.7."""

import pytest

from compensation import labels
from compensation.rules import engine
from compensation.rules.assessment import Outcome
from compensation.rules.codes import Annex, Eligibility, LocationRow
from compensation.rules.eligibility import COLUMNS, Note
from compensation.rules.reasons import Reason
from compensation.rules.towns import spelling
from compensation.selectors.shipped import from_files, members
from crm_portal.facts import InvalidInput

ASHDOD, SDEROT, TEL_AVIV, NAHARIYA, OFAKIM = "אשדוד", "שדרות", "תל אביב", "נהריה", "אופקים"
KIRYAT_SHMONA = "קרית שמונה"
OF_THE_AREA = ("wage", "turnover", "agriculture", "red")


def ask(**inputs):
    return engine.assess("eligibility", inputs, from_files())


def figures(**inputs):
    return ask(**inputs).figures


@pytest.mark.req("CMP-2.6-a")
def test_the_matrix_has_every_row_and_column():
    programme = from_files()

    for row in LocationRow:
        assert {programme.eligibility(row, column) for column in COLUMNS} <= set(Eligibility)


@pytest.mark.req("CMP-2.6-b")
def test_a_town_takes_the_most_favourable_of_its_rows():
    order = {
        Annex.EVACUATED: LocationRow.EVACUATED,
        Annex.THIRD_SCHEDULE: LocationRow.THIRD_SCHEDULE,
        Annex.FOURTH_SCHEDULE: LocationRow.FOURTH_SCHEDULE,
        Annex.SECOND_SCHEDULE: LocationRow.SECOND_SCHEDULE,
    }
    for name, annexes in members().items():
        expected = next((row for annex, row in order.items() if annex in annexes), LocationRow.REST)
        assert figures(town=name)["location_row"] is expected, name


@pytest.mark.req("CMP-1.6-a")
def test_the_special_area_is_the_second_and_the_fourth_schedule():
    special = {town.name for town in from_files().towns.by_spelling.values() if town.is_special}

    assert len(special) == 353
    assert special == {
        n for n, annexes in members().items() if annexes & {Annex.SECOND_SCHEDULE, Annex.FOURTH_SCHEDULE}
    }


@pytest.mark.req("CMP-1.7-a")
@pytest.mark.parametrize(("town", "registered"), [(ASHDOD, TEL_AVIV), (TEL_AVIV, ASHDOD)])
def test_a_business_that_is_only_located_or_only_registered_in_the_area_is_examined_by_hand(town, registered):
    found = ask(town=town, registered_town=registered)

    assert found.outcome is Outcome.MANUAL_REVIEW
    assert found.figures["reason"] is Reason.GEN_LOCATION_REGISTRATION_MISMATCH
    assert {found.figures[track] for track in ("wage", "turnover", "agriculture")} == {Eligibility.MANUAL_REVIEW}
    assert found.figures["red"] is Eligibility.NOT_ELIGIBLE  # the second schedule opens none
    assert found.figures["fixed_costs"] is Eligibility.ELIGIBLE


@pytest.mark.req("CMP-1.7-a")
def test_two_towns_of_the_area_match_and_the_place_of_the_business_decides():
    found = ask(town=ASHDOD, registered_town=SDEROT)

    assert (found.outcome, found.figures["location_row"]) == (Outcome.COMPUTED, LocationRow.SECOND_SCHEDULE)


@pytest.mark.req("CMP-2.6-c")
@pytest.mark.parametrize("town", [ASHDOD, OFAKIM, NAHARIYA])
def test_the_wage_track_is_conditional_where_the_town_was_not_evacuated(town):
    assert figures(town=town)["wage"] is Eligibility.ELIGIBLE_CHILDCARE_CONDITION
    assert figures(town=SDEROT)["wage"] is Eligibility.ELIGIBLE_UNCONDITIONAL


@pytest.mark.req("CMP-2.6-d")
def test_red_in_the_third_schedule_is_for_growing_fields_only():
    assert figures(town=OFAKIM)["red"] is Eligibility.AGRICULTURE_RED_ONLY


@pytest.mark.req("CMP-2.6-e")
def test_annex_e_prevails_over_the_column_of_the_matrix():
    assert figures(town=NAHARIYA)["pre_claim_advance"] is Eligibility.ELIGIBLE  # the matrix says no
    assert figures(town="צוחר")["pre_claim_advance"] is Eligibility.MANUAL_REVIEW  # the matrix says yes


@pytest.mark.req("CMP-annexE-a")
def test_a_town_of_annex_e_alone_may_have_an_advance_and_its_red_claim_is_examined():
    found = figures(town="עין גב")

    assert (found["location_row"], found["pre_claim_advance"]) == (LocationRow.REST, Eligibility.ELIGIBLE)
    assert found["red"] is Eligibility.MANUAL_REVIEW


@pytest.mark.req("CMP-2.6-f")
@pytest.mark.parametrize("town", [ASHDOD, NAHARIYA, SDEROT, OFAKIM])
def test_an_employee_anywhere_in_the_area_opens_the_row_of_employees(town):
    found = figures(town=TEL_AVIV, employee_towns=["חיפה", town])

    assert found["location_row"] is LocationRow.REST_WITH_EMPLOYEE_RESIDENT
    assert found["wage"] is Eligibility.ELIGIBILITY_CHECK
    assert found["turnover"] is Eligibility.NOT_APPLICABLE


def test_an_employee_outside_opens_nothing():
    assert figures(town=TEL_AVIV, employee_towns=["חיפה"])["location_row"] is LocationRow.REST


@pytest.mark.req("CMP-2.6-h")
def test_whoever_may_have_an_advance_is_warned_of_the_way_back():
    assert Note.ADVANCE_THEN_GREEN in figures(town=SDEROT)["notes"]
    assert Note.ADVANCE_THEN_GREEN not in figures(town=ASHDOD)["notes"]


@pytest.mark.req("CMP-2.6-j")
def test_an_evacuated_branch_beside_others_leaves_the_red_track_alone():
    found = figures(town=TEL_AVIV, branches=[{"town": KIRYAT_SHMONA}, {"town": "חיפה"}])

    assert {found[track] for track in ("wage", "turnover", "agriculture")} == {Eligibility.NOT_ELIGIBLE}
    assert found["red"] is Eligibility.WHOLE_CLAIM_RED_IF_BRANCH_EVACUATED
    assert found["fixed_costs"] is Eligibility.ELIGIBLE
    assert Note.WHOLE_CLAIM_RED in found["notes"]


@pytest.mark.req("CMP-2.6-j")
def test_a_claimant_whose_premises_are_all_in_border_settlements_keeps_the_choice():
    found = figures(town=SDEROT, branches=[KIRYAT_SHMONA])

    assert found["turnover"] is Eligibility.ELIGIBLE
    assert found["red"] is Eligibility.ELIGIBLE


@pytest.mark.req("CMP-2.6-j")
def test_a_branch_in_a_border_settlement_that_was_not_evacuated_is_for_the_clerk():
    found = figures(town=TEL_AVIV, branches=[NAHARIYA])

    assert (found["red"], found["turnover"]) == (Eligibility.MANUAL_REVIEW, Eligibility.ELIGIBLE_BRANCH_CHECK)


@pytest.mark.req("CMP-2.6-k")
def test_a_branch_in_the_second_schedule_is_claimed_beside_fixed_costs():
    found = figures(town=TEL_AVIV, branches=[ASHDOD])

    assert found["location_row"] is LocationRow.REST_WITH_BRANCH
    assert {found["wage"], found["turnover"]} == {Eligibility.ELIGIBLE_BRANCH_CHECK}
    assert (found["red"], found["fixed_costs"]) == (Eligibility.NOT_ELIGIBLE, Eligibility.ELIGIBLE)
    assert Note.BRANCH_BESIDE_FIXED_COSTS in found["notes"]


@pytest.mark.req("CMP-2.6-i")
def test_branches_that_are_declared_without_their_towns_open_the_row_of_branches():
    assert figures(town=TEL_AVIV, has_branches=True)["location_row"] is LocationRow.REST_WITH_BRANCH
    assert figures(town=TEL_AVIV, branches=["חיפה"])["location_row"] is LocationRow.REST
    assert Note.BRANCHES_DECLARED in figures(town=ASHDOD, has_branches=True)["notes"]


@pytest.mark.req("CMP-2.6-l")
def test_an_evacuated_employee_of_a_business_outside_leads_to_the_top_up():
    assert Note.EVACUATED_EMPLOYEE in figures(town=TEL_AVIV, employee_towns=[SDEROT])["notes"]
    assert Note.EVACUATED_EMPLOYEE not in figures(town=TEL_AVIV, employee_towns=[ASHDOD])["notes"]


@pytest.mark.req("CMP-annexB-a")
@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("  קריית   שמונה ", "קרית שמונה"),
        ("קריית-שמונה", "קרית שמונה"),
        ("נווה אטי״ב", 'נווה אטי"ב'),
        ("מג׳דל שמס", "מג'דל שמס"),
        ("מג’דל-שמס", "מג'דל שמס"),
        ("נהרייה", "נהריה"),
        ("תל אביב-יפו", "תל אביב"),
    ],
)
def test_a_town_is_found_in_any_spelling(given, name):
    assert from_files().towns.find(given).name == name


@pytest.mark.req("CMP-annexB-a")
@pytest.mark.parametrize("name", ["אטלנטיס", "", "   ", "x" * 10_000])
def test_a_town_that_no_list_knows_is_never_the_rest(name):
    with pytest.raises(InvalidInput) as refused:
        ask(town=name)

    assert (refused.value.code, refused.value.where) == (Reason.GEN_UNKNOWN_TOWN, "town")


@pytest.mark.req("CMP-annexC-a")
@pytest.mark.parametrize(
    "name",
    [
        "ריחאניה",
        "ערב אל עראמשה",
        "ע'ג'ר",
        "שאר ישוב",
        "יובל",
        "גרנות הגליל",
        "מג'דל שמס",
        "עין קיניא",
        "יראון",
        'נווה אטי"ב',
        "תושיה",
        "עמיעוז",
        "קלע אלון",
        "אליעד",
        "אזור התעשייה מבקיעים",
    ],
)
def test_the_canonical_name_is_the_one_that_was_chosen(name):
    assert from_files().towns.find(name).name == name
    assert name in members()


def test_no_locality_of_the_general_list_shadows_a_town_of_an_annex():
    towns = from_files().towns

    assert all(towns.by_spelling[spelling(name)].annexes == annexes for name, annexes in members().items())


def test_every_note_has_words():
    assert set(labels.NOTE) == set(Note)
