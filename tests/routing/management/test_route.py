import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from routing.models import Team, TeamMember, Triplet
from routing.services import deciding
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.usefixtures("shipped")

REPORTING = {
    "tax_system": "income_tax",
    "file_number": "0512345678",
    "file_type": "20",
    "is_active": True,
    "annual_report_required": True,
    "managing_unit": "it-jerusalem",
}
DEALER = {"tax_system": 'מע"מ', "file_number": "0512345678", "managing_unit": "vat-haifa"}


@pytest.fixture
def route(tmp_path):
    def run(content):
        file = tmp_path / "cases.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        out = io.StringIO()
        call_command("route", str(file), stdout=out)
        return json.loads(out.getvalue())["results"]

    return run


def one(route, facts):
    return route({"cases": [{"id": "one", "facts": facts}]})[0]


@pytest.mark.req("CRM-7-a")
@pytest.mark.parametrize(
    ("facts", "rule", "team"),
    [
        ({"triplet": "it-internal-provident"}, "INTERNAL_HQ", "head-team"),
        ({"triplet": "re-assessment"}, "RE_FIRST_LINE", "national-unit-team"),
        ({"triplet": "re-tax-certificate"}, "RE_FIRST_LINE", "info-haifa-team"),
        ({"triplet": "it-bookkeeping-hearing", "tax_files": [REPORTING]}, "NSA", "nsa-team"),
        ({"triplet": "it-medical-committee", "locality": "אשדוד", "tax_files": [REPORTING]}, "MSM_SECTION17",
         "msm-ashdod-team"),
        ({"triplet": "it-form-135", "locality": "כרמיאל"}, "MSM_TOPIC", "msm-karmiel-team"),
        ({"triplet": "it-form-135", "locality": "תל אביב", "tax_files": [REPORTING]}, "IT_FILE_OFFICE",
         "it-jerusalem-section-17"),
        ({"triplet": "it-work-grant", "locality": "חיפה"}, "IT_ADDRESS_OFFICE", "it-haifa-general"),
        ({"triplet": "vat-debt", "tax_files": [DEALER]}, "VAT_FILE_OFFICE", "vat-haifa-collection"),
        ({"triplet": "vat-debt", "vat_key_unit": "vat-tel-aviv"}, "VAT_KEY", "vat-tel-aviv-collection"),
        ({"triplet": "ded-file"}, "FIXED_UNIT", "it-tel-aviv-general"),
        ({"triplet": "it-work-grant", "locality": None}, "HEAD_TEAM_FALLBACK", "head-team"),
    ],
)  # fmt: skip
def test_the_shipped_tables_route_by_every_rule(route, facts, rule, team):
    result = one(route, facts)

    assert (result["rule"], result["team"]) == (rule, team)
    assert result["reasons"][-1]["rule"] == rule
    assert result["reasons"][-1]["text"]


def test_an_hq_team_with_a_member_receives_its_internal_triplet(route):
    TeamMember.objects.create(team=Team.objects.get(code="hq-provident-funds"), user=UserFactory())

    assert one(route, {"triplet": "it-internal-provident"})["team"] == "hq-provident-funds"


@pytest.mark.parametrize(
    "triplet",
    [
        "it-capital-declaration",
        {"main_topic": "מס הכנסה", "sub_topic": "הצהרת הון", "detail": "הגשת הצהרת הון"},
        {"main_topic": "מס הכנסה", "sub_topic": "הצהרת הון", "topic_detail": "הגשת הצהרת הון"},
        ["מס הכנסה", "הצהרת הון", "הגשת הצהרת הון"],
        "מס הכנסה / הצהרת הון / הגשת הצהרת הון",
    ],
)
@pytest.mark.parametrize("place", [{"locality": "אום אל־פאחם"}, {"address": {"locality": "אום אל פאחם"}}])
def test_a_triplet_and_a_locality_may_be_written_in_several_ways(route, triplet, place):
    assert one(route, {"triplet": triplet, **place})["unit"] == "msm-umm-al-fahm"


def test_without_an_answer_of_the_key_the_locality_table_stands_in_and_null_means_none(route):
    assert one(route, {"triplet": "vat-debt", "locality": "חיפה"})["unit"] == "vat-haifa"
    assert one(route, {"triplet": "vat-debt", "locality": "חיפה", "vat_key_unit": None})["cause"] == "no_key_answer"


@pytest.mark.req("CRM-7-c")
def test_an_address_that_the_customer_typed_does_not_count(route):
    result = one(route, {"triplet": "it-work-grant", "locality": "חיפה", "typed_address": "תל אביב"})

    assert result["unit"] == "it-haifa"


@pytest.mark.req("CRM-7-q")
def test_the_tables_of_the_asked_day_count(route):
    assert one(route, {"triplet": "re-assessment", "on": "2019-12-31"})["cause"] == "no_team"
    assert one(route, {"triplet": "re-assessment", "on": "2020-01-01"})["rule"] == "RE_FIRST_LINE"


FINE = {"triplet": "it-work-grant", "locality": "חיפה"}


@pytest.mark.req("CRM-4.1-b")
@pytest.mark.parametrize(
    ("case", "code", "field"),
    [
        (7, "INVALID_VALUE", "cases[0]"),
        ({"facts": FINE}, "FIELD_REQUIRED", "cases[0].id"),
        ({"id": [], "facts": FINE}, "INVALID_VALUE", "cases[0].id"),
        ({"id": "x"}, "FIELD_REQUIRED", "facts"),
        ({"id": "x", "facts": []}, "INVALID_VALUE", "facts"),
        ({"id": "x", "facts": {}}, "FIELD_REQUIRED", "facts.triplet"),
        ({"id": "x", "facts": {"triplet": " "}}, "FIELD_REQUIRED", "facts.triplet"),
        ({"id": "x", "facts": {"triplet": 5}}, "INVALID_VALUE", "facts.triplet"),
        ({"id": "x", "facts": {"triplet": "nope"}}, "TRIPLET_INVALID", "facts.triplet"),
        ({"id": "x", "facts": {"triplet": "vat-old"}}, "TRIPLET_INVALID", "facts.triplet"),
        ({"id": "x", "facts": {"triplet": ["מס הכנסה", "תיק עוסק", "פתיחת תיק עוסק"]}}, "TRIPLET_INVALID",
         "facts.triplet"),
        ({"id": "x", "facts": {"triplet": ["מס הכנסה", "תיקים"]}}, "TRIPLET_INVALID", "facts.triplet"),
        ({"id": "x", "facts": {**FINE, "tax_system": "vat"}}, "TRIPLET_INVALID", "facts.tax_system"),
        ({"id": "x", "facts": {**FINE, "localty": "חיפה"}}, "INVALID_VALUE", "facts.localty"),
        ({"id": "x", "facts": {**FINE, "locality": 3}}, "INVALID_VALUE", "facts.locality"),
        ({"id": "x", "facts": {"triplet": "vat-debt", "address": "חיפה"}}, "INVALID_VALUE", "facts.address"),
        ({"id": "x", "facts": {**FINE, "tax_files": {}}}, "INVALID_VALUE", "facts.tax_files"),
        ({"id": "x", "facts": {**FINE, "tax_files": [3]}}, "INVALID_VALUE", "facts.tax_files[0]"),
        ({"id": "x", "facts": {**FINE, "tax_files": [{}]}}, "FIELD_REQUIRED", "facts.tax_files[0].tax_system"),
        ({"id": "x", "facts": {**FINE, "tax_files": [DEALER, {**DEALER, "is_active": "yes"}]}}, "INVALID_VALUE",
         "facts.tax_files[1].is_active"),
        ({"id": "x", "facts": {**FINE, "tax_files": [{**DEALER, "managing_unit": "it-nowhere"}]}}, "INVALID_VALUE",
         "facts.tax_files[0].managing_unit"),
        ({"id": "x", "facts": {**FINE, "tax_files": [{**DEALER, "file_number": "A1"}]}}, "INVALID_VALUE",
         "facts.tax_files[0].file_number"),
        ({"id": "x", "facts": {**FINE, "vat_key_unit": 0}}, "INVALID_VALUE", "facts.vat_key_unit"),
        ({"id": "x", "facts": {**FINE, "registers_down": ["x"]}}, "INVALID_VALUE", "facts.registers_down[0]"),
        ({"id": "x", "facts": {**FINE, "on": "1.3.2026"}}, "INVALID_VALUE", "facts.on"),
    ],
)  # fmt: skip
def test_a_wrong_case_says_what_is_wrong_where_and_the_others_still_run(route, case, code, field):
    Triplet.objects.create(code="vat-old", tax_system_id="vat", is_active=False)

    wrong, right = route({"cases": [case, {"id": "right", "facts": FINE}]})

    assert (wrong["error"]["code"], wrong["error"]["field"]) == (code, field)
    assert wrong["error"]["message"]
    assert right["team"] == "it-haifa-general"


def test_what_is_wrong_is_quoted_as_it_stands_in_the_file(route):
    results = route({"cases": [
        {"id": 1, "facts": {**FINE, "tax_files": [{**DEALER, "is_active": value}]}} for value in ("true", None, 1)
    ]})  # fmt: skip

    assert [one["error"]["message"].rpartition(" ")[2] for one in results] == ['"true".', "null.", "1."]


def test_an_empty_id_is_missing(route):
    assert route({"cases": [{"id": "", "facts": FINE}]})[0]["error"]["code"] == "FIELD_REQUIRED"


@pytest.mark.req("CRM-2-b")
def test_the_audit_tells_once_of_a_file_with_wrong_cases(route):
    wrong = [{"id": 1, "facts": {**FINE, "a\0\ud800": 1}}, {"id": 2, "facts": {}}, {"id": 3, "facts": FINE}]

    route({"cases": wrong})

    event = AuditEvent.objects.get(outcome="refused")
    assert (event.action, event.code, event.actor_name) == ("routing.route", "INVALID_VALUE", "system")
    assert [one["code"] for one in event.after["refused"]] == ["INVALID_VALUE", "FIELD_REQUIRED"]


def test_the_audit_tells_of_a_file_that_is_none(route):
    with pytest.raises(CommandError):
        route("{")

    assert AuditEvent.objects.get(outcome="refused").action == "routing.route"


@pytest.mark.parametrize("locality", ["\u200fחיפה\u200f", "\u202bחיפה\u202c", " חיפה\xa0"])
def test_marks_that_nobody_sees_change_no_locality(route, locality):
    assert one(route, {**FINE, "locality": locality})["unit"] == one(route, {**FINE, "locality": "חיפה"})["unit"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"cases": 5}', "[" * 100_000, '{"cases": [' + "9" * 5000 + "]}"]
)
def test_a_file_that_holds_no_cases_is_refused_in_one_sentence(route, content):
    with pytest.raises(CommandError) as refused:
        route(content)

    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"cases": ["\xe9"]}')
    for file in (tmp_path / "missing.json", tmp_path, latin):
        with pytest.raises(CommandError):
            call_command("route", str(file))


def test_the_same_file_gives_the_same_output_in_the_order_of_its_cases(route):
    cases = {"cases": [{"id": number, "facts": FINE} for number in (3, 1, 2, 3)]}

    assert [result["id"] for result in route(cases)] == [3, 1, 2, 3]
    assert route(cases) == route(cases)


def test_the_example_of_the_documentation_works(route):
    document = (settings.BASE_DIR / "docs" / "routing.md").read_text(encoding="utf-8")
    example = document.partition("```json\n")[2].partition("```")[0]

    results = route(example)

    assert [(result["rule"], result["team"]) for result in results] == [
        ("MSM_SECTION17", "msm-ashdod-team"),
        ("VAT_KEY", "vat-haifa-collection"),
        ("HEAD_TEAM_FALLBACK", "head-team"),
    ]


@pytest.mark.req("CRM-7-a")
def test_a_stored_decision_can_be_replayed_from_its_facts(route):
    customer = CustomerFactory(id_number="111100012")  # a reporting file in Tel Aviv, an address in Ashdod
    triplet = Triplet.objects.get(code="it-work-grant")
    decision = deciding.decide(triplet=triplet, customer=customer, at=timezone.now())

    assert one(route, decision.facts)["team"] == decision.team.code == "it-tel-aviv-general"
