"""The claim wizard over HTTP, without scripts: one page a step, saved on the way, and filed at the end."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.models import Claim
from compensation.rules.access import CLAIMANTS, TABLE, Action
from compensation.rules.codes import ClaimState, Track
from compensation.rules.wizard import WizardStep
from compensation.services import filing
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from tests.compensation.claimants import FILED_AT, begun, choose, complete, located, owner, programme, save
from tests.factories.compensation import fund
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
PREVAILS = "בכל מקום שיש סתירה בין ההוראה לבין התקנות, נוסח התקנות הוא הקובע"
TYPED = {  # of the example that the instruction prints, in the order of the specification
    "identity": {"email": "alon@example.org", "mobile": "0501234567"},
    "business": {
        "business_town": "נתיבות", "registered_town": "נתיבות", "kind": "REGULAR", "sector": "GENERAL",
        "reporting": "MONTHLY", "has_branches": "no", "branches-TOTAL_FORMS": "0", "branches-INITIAL_FORMS": "0",
    },
    "track": {"regime": "TEMPORARY_ORDER", "track": "TURNOVER", "declares": "on"},
    "facts": {
        "has_absent_employees": "no", "eligibility_reported": "yes", "vat_reports_missing_of_last_three": "0",
    },
    "figures": {
        "base__gross": "1,120,000", "eligibility__gross": "360,000", "wages__wage_base": "100,000",
        "wages__wage_eligibility": "40,000", "wages__reserve_refund_eligibility": "25,000",
        "wages__annual_wage_2022": "1,200,000", "complement__denominator": "12,000,000",
        "complement__reported_inputs": "6,500,000",
    },
    "documents": {},
    "bank": {"bank": "12", "bank_branch": "600", "bank_account": "123456"},
    "declarations": {"declares_causation": "on", "declares_truth": "on"},
}  # fmt: skip
ORDER = [*TYPED, "summary"]


@pytest.fixture(autouse=True)
def within_the_window():
    with time_machine.travel(FILED_AT, tick=False):
        yield


def address(claim, name="step", *more):
    return reverse(f"compensation:{name}", args=[claim.number, *more])


def at_home(client, claim):
    client.force_login(owner(claim))
    return client


def fresh(claim):
    return Claim.objects.get(pk=claim.pk)


def figures(claim):
    """A draft whose next step is the figures."""
    choose(located(claim))
    save(claim, WizardStep.FACTS, columns={"declares_wages_paid": True}, answers={"said": {
        "has_absent_employees": False, "eligibility_reported": True, "vat_reports_missing_of_last_three": 0,
    }})  # fmt: skip
    return fresh(claim)


@pytest.mark.req("CMP-8.1.3-c")
def test_the_steps_follow_each_other_as_specified_until_the_claim_is_filed(client):
    programme()
    customer = CustomerFactory()
    client.force_login(customer.user)
    begins = client.post(reverse("compensation:new"), {"customer": customer.pk})
    claim = Claim.objects.get()
    walked = [begins.url]

    for key, typed in TYPED.items():
        assert walked[-1] == address(claim, "step", key)
        assert client.get(walked[-1]).status_code == 200
        saved = client.post(walked[-1], {"version": fresh(claim).version, "tab": key, **typed})
        assert saved.status_code == 302, saved.content.decode()
        walked.append(saved.url)

    assert [re.search(r"steps/(\w+)/", url)[1] for url in walked] == ORDER
    summary = client.get(walked[-1]).content.decode()
    key = re.search(r'name="submission_key" value="(\w+)"', summary)[1]
    filed = client.post(address(claim, "submit"), {"version": fresh(claim).version, "submission_key": key})

    assert (filed.status_code, filed.url) == (302, address(claim, "own_claim"))
    assert (fresh(claim).state, fresh(claim).claimed_amount) == (ClaimState.SUBMITTED.value, 329_308)
    assert "329,308" in client.get(filed.url).content.decode()


@pytest.mark.req("CMP-8.1.3-c")
def test_the_amount_follows_what_is_typed_with_its_steps_and_is_kept(client):
    claim = figures(begun())
    answer = at_home(client, claim).post(
        address(claim, "amount"), {"version": claim.version, "tab": "a", **TYPED["figures"]}
    )
    page = answer.content.decode()

    assert answer.status_code == 200
    assert re.search(r'<output[^>]*aria-live="polite"[^>]*>.*329,308.*</output>', page, re.DOTALL)
    assert page.count('class="clause"') >= 5  # each line names the clause it comes from
    assert fresh(claim).answers["figures"]["base"] == {"gross": "1120000"}
    assert fresh(claim).step == WizardStep.FIGURES.value  # kept on the way, not gone on with


@pytest.mark.req("CMP-2.1-c")
def test_the_reason_of_an_exclusion_is_shown_before_any_figure_is_asked(client):
    claim = choose(located(begun()))
    excluded = {"version": claim.version, "tab": "a", **TYPED["facts"], "excluded": "is_hmo"}
    told = at_home(client, claim).post(address(claim, "step", "facts"), excluded)

    assert told.status_code == 422
    assert "קופת חולים" in told.content.decode()
    onward = client.get(address(claim, "step", "figures"))
    assert (onward.status_code, onward.url) == (302, address(claim, "step", "facts"))


def test_what_cannot_be_read_is_told_at_its_field_and_every_typed_word_stays(client):
    claim = figures(begun())
    typed = {**TYPED["figures"], "base__gross": "מיליון", "version": claim.version, "tab": "a"}
    page = at_home(client, claim).post(address(claim, "step", "figures"), typed)

    assert page.status_code == 422
    text = page.content.decode()
    assert 'value="מיליון"' in text
    assert 'value="360,000"' in text
    assert re.search(r'name="base__gross"[^>]*aria-invalid="true"', text)
    assert "figures" not in fresh(claim).answers


def test_an_old_page_overwrites_nothing_and_keeps_what_was_typed_in_it(client):
    claim = begun()
    at_home(client, claim)
    step = address(claim, "step", "identity")
    client.post(step, {**TYPED["identity"], "version": claim.version, "tab": "phone"})

    typed = {**TYPED["identity"], "email": "late@example.org"}
    late = client.post(step, {**typed, "version": claim.version, "tab": "b"})
    page = late.content.decode()
    assert late.status_code == 409
    assert 'value="late@example.org"' in page
    assert fresh(claim).claimant.email == "alon@example.org"

    version = re.search(r'name="version" value="(\d+)"', page)[1]
    again = client.post(step, {**typed, "version": version, "tab": "b"})
    assert again.status_code == 302
    assert fresh(claim).claimant.email == "late@example.org"


@pytest.mark.req("CMP-2.3-a")
def test_the_summary_names_everything_that_is_missing_with_the_way_to_it(client):
    claim = located(begun())
    Claim.objects.filter(pk=claim.pk).update(step=WizardStep.SUMMARY.value)
    page = at_home(client, claim).get(address(claim, "step", "summary")).content.decode()

    for key in ("track", "bank", "declarations"):
        assert f'<li><a href="{address(claim, "step", key)}">' in page
    refused = client.post(address(claim, "submit"), {"version": claim.version, "submission_key": "k"})
    assert refused.status_code == 422
    assert fresh(claim).state == ClaimState.DRAFT.value


ROUTES = {
    "GET": [("own_claim",), ("step", "identity"), ("contact",), ("withdraw",), ("ask",), ("delete",)],
    "POST": [
        ("step", "identity"), ("autosave", "identity"), ("amount",), ("submit",), ("delete",), ("upload",),
        ("remove_document", 1), ("answer", 1), ("contact",), ("withdraw",), ("ask",),
    ],
}  # fmt: skip


@pytest.mark.req("CMP-3.4.2-f")
def test_no_page_or_action_of_somebody_elses_claim_is_there(client):
    claim = complete(begun())
    client.force_login(CustomerFactory().user)

    for method, routes in ROUTES.items():
        for name, *more in routes:
            answer = getattr(client, method.lower())(address(claim, name, *more), {})
            assert answer.status_code == 404, (method, name)
    assert fresh(claim).version == claim.version


def test_what_changes_something_is_never_a_get(client):
    claim = begun()
    at_home(client, claim)

    for name, *more in (("autosave", "identity"), ("amount",), ("submit",), ("upload",), ("answer", 1)):
        assert client.get(address(claim, name, *more)).status_code == 405, name


@pytest.mark.req("CMP-1.11-a", "CMP-3.4.1-a", "CMP-5.4.1-a")
def test_nobody_of_the_fund_enters_a_claim_so_that_all_are_filed_online(client):
    claim = complete(begun())
    assert TABLE[Action.FILE] == CLAIMANTS

    for role in (Role.COMPENSATION_CLERK, Role.COMPENSATION_MANAGER):
        employee = fund(role)
        client.force_login(employee)
        assert client.post(reverse("compensation:new"), {"customer": claim.claimant.customer_id}).status_code == 403
        with pytest.raises(Refused) as refused:
            filing.submit(claim_id=claim.pk, by=employee, at=FILED_AT, submission_key="k")
        assert refused.value.code is Code.OUT_OF_SCOPE
    assert fresh(claim).state == ClaimState.DRAFT.value


@pytest.mark.req("CMP-1.13-a")
def test_every_page_with_a_result_says_that_the_regulations_prevail(client):
    claim = complete(begun())
    at_home(client, claim)
    pages = [address(claim, "step", "figures"), address(claim, "step", "summary"), reverse("compensation:instruction")]
    pages.append(f"{reverse('compensation:check')}?town=נתיבות")

    for url in pages:
        assert PREVAILS in client.get(url).content.decode(), url
    filing.submit(claim_id=claim.pk, by=owner(claim), at=FILED_AT, submission_key="k")
    assert PREVAILS in client.get(address(claim, "own_claim")).content.decode()
    client.force_login(fund(Role.COMPENSATION_CLERK))
    assert PREVAILS in client.get(reverse("claims:review", args=[claim.number])).content.decode()


def test_a_refusal_of_the_form_is_in_the_audit(client):
    claim = begun()
    at_home(client, claim).post(address(claim, "step", "identity"), {"email": "none", "mobile": ""})

    refused = AuditEvent.objects.filter(outcome="refused", target_id=str(claim.pk))
    assert refused.exists()


def test_the_pages_of_a_draft_ask_a_bounded_number_of_queries(client):
    claim = complete(begun())
    at_home(client, claim)

    def queries(branches):
        rows = [(f"סניף {n}", "נתיבות") for n in range(branches)]
        save(claim, WizardStep.BUSINESS, columns={"has_branches": True}, branches=rows)
        found = {}
        for key in ORDER:
            client.get(address(claim, "step", key))  # what is read once for many pages
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(claim, "step", key)).status_code == 200
            found[key] = len(asked)
        return found

    few = queries(2)
    assert queries(12) == few
    assert max(few.values()) <= 25, few


def test_the_wage_track_leads_to_the_sheet_of_the_employees_and_back(client):
    claim = choose(located(begun()), Track.WAGE)
    Claim.objects.filter(pk=claim.pk).update(step=WizardStep.FIGURES.value)
    page = at_home(client, claim).get(address(claim, "step", "figures")).content.decode()
    sheet = reverse("claim_employees:sheet", args=[claim.number])

    assert f'href="{sheet}"' in page
    assert f'href="{address(claim, "step", "figures")}"' in client.get(sheet).content.decode()
