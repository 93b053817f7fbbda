"""
Whose inquiry is it? Every address with an object, asked by everybody who might try it.

What one may not see looks as if it were not there (404); what a role may not do at all is refused (403); and whatever
is asked, nothing changes.
"""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import Attachment, Inquiry, Message, StatusHistory
from inquiries.services import attaching
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, another_team, clerk, draft, later, office, operator
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.factories.routing import TeamFactory, UnitFactory

pytestmark = pytest.mark.django_db

STAFF_GET = ["", "print/", "files/{file}/", "files/{file}/content/"]
STAFF_POST = {
    "treatment/": {"status": "waiting_customer", "reply": "נא לצרף", "proposed_solution": "חסר"},
    "triplet/": {"verdict": "correct"},
    "real-estate/": {"assessment_number": "111"},
    "message/": {"text": "שלום"},
    "files/": {"note": "הערה", "show_on_internet": "yes"},
    "files/{file}/": {"note": "אחרת", "show_on_internet": "no"},
}
OWN_GET = ["", "cancel/", "files/{file}/"]
OWN_POST = {"messages/": {"text": "שלום"}, "cancel/": {}}


@pytest.fixture
def inquiry():
    """An inquiry in treatment of income tax, with a hidden file and a shown one."""
    inquiry = InquiryFactory(in_treatment=True, team=office(tax_system="deductions"))
    for shown in (False, True):
        inquiry.file = attaching.attach(
            inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), upload=files.upload(),
            show_on_internet=shown, note="פנימי בלבד",
        )  # fmt: skip
        inquiry.hidden = inquiry.hidden if shown else inquiry.file
    return inquiry


def rows() -> list[list[dict[str, object]]]:
    tables = (Inquiry, Message, Attachment, StatusHistory)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def in_team(inquiry: Inquiry, user: User) -> User:
    inquiry.handling_team.members.create(user=user)
    inquiry.handling_unit.members.create(user=user)
    return user


def grant(user: User, scope: Scope, *, tax_system: str = "", level: int = 0) -> User:
    RoleGrant.objects.filter(user=user).update(scope=scope.value, tax_system=tax_system, level=level)
    return user


def raised(inquiry: Inquiry, **levels: int) -> None:
    type(inquiry.triplet).objects.filter(pk=inquiry.triplet_id).update(**levels)


def of_unit(inquiry: Inquiry, **kwargs: object) -> User:
    return TeamFactory(unit=inquiry.handling_unit, members=[clerk(**kwargs)]).members.get().user


STRANGERS: dict[str, Callable[[Inquiry], User]] = {
    "a clerk of another unit": lambda inquiry: another_team(inquiry.triplet).members.get().user,
    "a clerk of the unit who sees his own team only": lambda inquiry: grant(of_unit(inquiry), Scope.TEAM),
    "a clerk of the team who sees what he holds only": lambda inquiry: grant(in_team(inquiry, clerk()), Scope.OWN),
    "a clerk of another tax system": lambda inquiry: grant(clerk(), Scope.TAX_SYSTEM, tax_system="vat"),
    "a coordinator of another unit": lambda inquiry: TeamFactory(
        coordinators=[UserFactory(roles=[Role.COORDINATOR])]
    ).members.get().user,
    "a manager of another office": lambda inquiry: TeamFactory(
        unit=UnitFactory(), members=[UserFactory(roles=[Role.OFFICE_MANAGER])]
    ).members.get().user,
    "a head team member, as it is neither income tax nor VAT": lambda inquiry: UserFactory(
        roles=[Role.HEAD_TEAM_MEMBER], roles__level=3
    ),
}  # fmt: skip


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_and_changes_nothing(browser_of, inquiry, who):
    browser, before = browser_of(STRANGERS[who](inquiry)), rows()
    base = f"/inquiries/{inquiry.number}/"

    answers = {one: browser.get(base + one.format(file=inquiry.file.pk)).status_code for one in STAFF_GET}
    for one, sent in STAFF_POST.items():
        versioned = {**sent, "version": inquiry.version}
        answers[f"POST {one}"] = browser.post(base + one.format(file=inquiry.file.pk), versioned).status_code

    assert set(answers.values()) == {404}, answers
    assert rows() == before


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("address", ["/inquiries/assign/", "/inquiries/release/"])
def test_a_stranger_who_names_the_number_assigns_and_releases_nothing(browser_of, inquiry, who, address):
    browser, before = browser_of(STRANGERS[who](inquiry)), rows()

    asked = browser.get(address, {"n": inquiry.number})
    sent = browser.post(address, {"n": inquiry.number, "target": "me", "note": "לי"})

    assert (asked.status_code, sent.status_code) == (302, 302)
    assert inquiry.number not in asked.text + sent.text
    assert rows() == before


@pytest.mark.req("CRM-3.4-a")
@pytest.mark.parametrize("who", ["a colleague in the team", "a clerk of the unit", "the team's coordinator"])
def test_who_sees_it_and_does_not_hold_it_only_looks(browser_of, inquiry, who):
    user = {
        "a colleague in the team": lambda: in_team(inquiry, clerk()),
        "a clerk of the unit": lambda: of_unit(inquiry),
        "the team's coordinator": lambda: in_team(inquiry, UserFactory(roles=[Role.COORDINATOR])),
    }[who]()
    browser, base = browser_of(user), f"/inquiries/{inquiry.number}/"
    page, before = browser.get(base), rows()

    answers = {}
    for one, sent in STAFF_POST.items():
        upload = {"upload": files.upload()} if one == "files/" else {}
        versioned = {**sent, **upload, "version": inquiry.version}
        answers[one] = browser.post(base + one.format(file=inquiry.file.pk), versioned).status_code

    assert page.status_code == 200
    assert set(answers.values()) <= {403, 422}, answers
    assert rows() == before
    refused = AuditEvent.objects.filter(outcome="refused", actor=user).values_list("code", flat=True)
    assert sorted(set(refused)) == ["NOT_ASSIGNED_TO_YOU"]
    assert len(refused) == len(STAFF_POST)


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.CRM_ADMIN])
def test_who_may_only_view_is_refused_every_change(browser_of, inquiry, role):
    user = grant(UserFactory(roles=[role]), Scope.ALL, level=3)
    browser, base, before = browser_of(user), f"/inquiries/{inquiry.number}/", rows()

    seen = browser.get(base).status_code
    answers = {
        one: browser.post(base + one.format(file=inquiry.file.pk), {**sent, "version": inquiry.version}).status_code
        for one, sent in STAFF_POST.items()
    }

    assert seen == 200
    assert set(answers.values()) == {403}, answers
    assert browser.post("/inquiries/assign/", {"n": inquiry.number}).status_code == 403
    assert rows() == before


class TestLevels:
    """A triplet's two levels: who may see, and who may handle (CRM-2.2.2-a)."""

    @pytest.mark.req("CRM-2.2.2-a")
    @pytest.mark.parametrize(("level", "status"), [(1, 404), (2, 200)])
    def test_below_the_level_to_see_it_is_nowhere(self, browser_of, inquiry, level, status):
        raised(inquiry, view_level=2, handle_level=3)
        browser = browser_of(grant(in_team(inquiry, clerk()), Scope.UNIT, level=level))

        listed = browser.get("/inquiries/views/unit_all/")

        assert browser.get(f"/inquiries/{inquiry.number}/").status_code == status
        assert (inquiry.number in listed.text) is (status == 200)
        assert listed.context["total"] == (1 if status == 200 else 0)
        assert (inquiry.number in browser.get("/inquiries/home/").text) is False

    @pytest.mark.req("CRM-2.2.2-a")
    def test_between_the_two_levels_it_is_seen_and_not_taken(self, browser_of):
        inquiry = InquiryFactory()
        raised(inquiry, view_level=1, handle_level=2)
        browser, before = browser_of(grant(inquiry.clerk, Scope.UNIT, level=1)), rows()

        page = browser.get(f"/inquiries/{inquiry.number}/")
        taken = browser.post("/inquiries/assign/", {"n": inquiry.number, "target": "me"})

        assert page.status_code == 200
        assert not page.context["rights"].takes
        assert taken.status_code == 422
        assert rows() == before
        assert AuditEvent.objects.get(outcome="refused").code == "VIEW_ONLY"

    @pytest.mark.req("CRM-2.2.2-a")
    def test_the_charts_count_only_what_is_seen(self, browser_of, inquiry):
        raised(inquiry, view_level=2)
        browser = browser_of(grant(in_team(inquiry, clerk()), Scope.UNIT, level=0))

        page = browser.get("/inquiries/views/unit_all/")

        assert page.context["counts"]["unit_all"] == 0
        assert str(inquiry.customer) not in page.text


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize(
    ("scope", "tax_system", "sees"),
    [(Scope.ALL, "", True), (Scope.TAX_SYSTEM, "deductions", True), (Scope.TAX_SYSTEM, "vat", False),
     (Scope.UNIT, "", False), (Scope.TEAM, "", False), (Scope.OWN, "", False)],
)  # fmt: skip
def test_how_far_the_scope_of_a_role_reaches_outside_the_own_unit(browser_of, inquiry, scope, tax_system, sees):
    browser = browser_of(grant(clerk(), scope, tax_system=tax_system))

    assert browser.get(f"/inquiries/{inquiry.number}/").status_code == (200 if sees else 404)


def test_a_draft_is_there_for_its_creator_alone(browser_of):
    made = draft()
    other = operator()
    other_browser = browser_of(other)

    other_browser.post("/inquiries/new/", {"draft": made.pk, "discard": "1"})
    page = other_browser.get("/inquiries/new/", {"draft": made.pk})

    assert Inquiry.objects.filter(pk=made.pk).exists()
    assert page.context["draft"] is None


OUTSIDERS: dict[str, Callable[[Inquiry], User]] = {
    "another citizen": lambda inquiry: CustomerFactory().user,
    "a representative's office": lambda inquiry: RepresentativeEmployeeFactory().user,
}


class TestPersonalArea:
    @pytest.mark.parametrize("who", OUTSIDERS)
    def test_somebody_elses_inquiry_is_not_there(self, browser_of, inquiry, who):
        browser, before = browser_of(OUTSIDERS[who](inquiry)), rows()
        base = f"/my/inquiries/{inquiry.number}/"

        answers = {one: browser.get(base + one.format(file=inquiry.file.pk)).status_code for one in OWN_GET}
        for one, sent in OWN_POST.items():
            answers[f"POST {one}"] = browser.post(base + one, sent).status_code

        assert set(answers.values()) == {404}, answers
        assert rows() == before

    @pytest.mark.parametrize("who", ["another office", "the represented customer"])
    def test_an_offices_inquiry_is_there_for_that_office_alone(self, browser_of, who):
        inquiry = InquiryFactory(by_representative=True)
        user = RepresentativeEmployeeFactory().user if who == "another office" else CustomerFactory().user
        if who == "the represented customer":
            Inquiry.objects.filter(pk=inquiry.pk).update(customer=user.customer)
        colleague = RepresentativeEmployeeFactory(
            representative=inquiry.representative, is_the_representative=False
        ).user
        base = f"/my/inquiries/{inquiry.number}/"

        assert browser_of(user).get(base).status_code == 404
        assert browser_of(user).post(f"{base}cancel/").status_code == 404
        assert inquiry.number not in browser_of(user).get("/my/inquiries/").text
        assert browser_of(colleague).get(base).status_code == 200

    def test_no_inquirer_enters_the_clerks_screens(self, browser_of, inquiry):
        before = rows()
        for user in (inquiry.customer.user, *(make(inquiry) for make in OUTSIDERS.values())):
            browser, base = browser_of(user), f"/inquiries/{inquiry.number}/"
            answers = {one: browser.get(base + one.format(file=inquiry.hidden.pk)).status_code for one in STAFF_GET[:3]}
            for one, sent in STAFF_POST.items():
                answers[f"POST {one}"] = browser.post(base + one.format(file=inquiry.file.pk), sent).status_code
            assert set(answers.values()) == {403}, answers
        assert rows() == before

    @pytest.mark.req("CRM-4.5-c")
    def test_a_hidden_file_opens_on_neither_address(self, browser_of, inquiry):
        call_command("scan_pending_files")
        browser = browser_of(inquiry.customer.user)
        page = browser.get(f"/my/inquiries/{inquiry.number}/")

        assert browser.get(f"/my/inquiries/{inquiry.number}/files/{inquiry.hidden.pk}/").status_code == 404
        assert browser.get(f"/inquiries/{inquiry.number}/files/{inquiry.hidden.pk}/content/").status_code == 404
        shown = browser.get(f"/my/inquiries/{inquiry.number}/files/{inquiry.file.pk}/")
        assert b"".join(shown.streaming_content).startswith(b"%PDF")
        shown.close()
        assert f"/files/{inquiry.hidden.pk}/" not in page.text
        assert f"/files/{inquiry.file.pk}/" in page.text

    @pytest.mark.req("CRM-4.5-b")
    @pytest.mark.req("CRM-2.1.3-c")
    def test_what_is_internal_is_nowhere_in_the_customers_pages(self, browser_of, inquiry):
        Inquiry.objects.filter(pk=inquiry.pk).update(proposed_solution="לבדוק חשד", section="סעיף 17")
        browser = browser_of(inquiry.customer.user)

        seen = "".join(
            browser.get(f"/my/inquiries/{one}").text for one in ("", f"{inquiry.number}/", f"{inquiry.number}/cancel/")
        )

        internal = [
            "לבדוק חשד", "סעיף 17", "פנימי בלבד", inquiry.handling_team.name, inquiry.clerk.first_name,
            inquiry.handling_team.code,
        ]  # fmt: skip
        assert [words for words in internal if words in seen] == []

    def test_without_signing_in_every_address_leads_to_the_sign_in_page(self, browser_of, inquiry):
        browser = browser_of()
        own, staff = f"/my/inquiries/{inquiry.number}/", f"/inquiries/{inquiry.number}/"
        addresses = [base + one.format(file=inquiry.file.pk) for base, all_ in ((own, OWN_GET), (staff, STAFF_GET))
                     for one in all_]  # fmt: skip

        assert {browser.get(one).url.partition("?")[0] for one in addresses} == {"/sign-in/"}
        assert {browser.post(staff + one.format(file=1), {}).url.partition("?")[0] for one in STAFF_POST} == {
            "/sign-in/"
        }


class TestSideParameters:
    """Other objects named beside the one in the address."""

    def test_a_file_of_another_inquiry_is_not_under_this_number(self, browser_of, inquiry):
        mine = InquiryFactory(in_treatment=True)
        browser, before = browser_of(mine.clerk), rows()
        address = f"/inquiries/{mine.number}/files/{inquiry.file.pk}/"

        assert browser.get(f"{address}content/").status_code == 404
        assert browser.post(address, {"note": "שלי", "show_on_internet": "no"}).status_code == 404
        assert rows() == before

    @pytest.mark.parametrize("receiver", ["employee:{stranger}:{team}", "team:{foreign}", "employee:{me}:{foreign}"])
    def test_nobody_outside_the_list_is_given_an_inquiry(self, browser_of, receiver):
        inquiry = InquiryFactory()
        stranger = clerk()
        named = receiver.format(
            stranger=stranger.pk, team=inquiry.handling_team_id, me=inquiry.clerk.pk, foreign=TeamFactory().pk
        )
        browser, before = browser_of(inquiry.clerk), rows()

        page = browser.post("/inquiries/assign/", {"n": inquiry.number, "target": "other", "receiver": named})

        assert page.status_code == 422
        assert rows() == before

    def test_among_several_numbers_those_unseen_are_passed_over(self, browser_of, inquiry):
        mine = InquiryFactory()

        browser_of(mine.clerk).post("/inquiries/assign/", {"n": [mine.number, inquiry.number], "target": "me"})

        assert Inquiry.objects.get(pk=mine.pk).owner == mine.clerk
        assert Inquiry.objects.get(pk=inquiry.pk).owner == inquiry.clerk

    def test_a_customer_names_neither_team_nor_unit_nor_another_customer(self, browser_of, inquiry):
        browser, before = browser_of(inquiry.customer.user), rows()
        triplet = inquiry.triplet
        sent = {"main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk}
        sent["description"] = "שאלה"

        for name in ("team", "unit"):
            assert browser.post("/my/inquiries/new/", {**sent, name: "1"}).status_code == 422
        assert rows() == before

        other = CustomerFactory()
        browser.post("/my/inquiries/new/", {**sent, "customer": other.pk, "customer_id_number": other.id_number})
        assert Inquiry.objects.latest("pk").customer == inquiry.customer

    @pytest.mark.parametrize("role", [Role.HANDLER, Role.OFFICE_MANAGER])
    def test_only_the_head_team_moves_an_inquiry_to_another_tax_system(self, browser_of, inquiry, role):
        other = office(tax_system="vat").triplet_teams.get().triplet
        user = inquiry.clerk
        RoleGrant.objects.filter(user=user).update(role=role.value)
        before = rows()

        page = browser_of(user).post(
            f"/inquiries/{inquiry.number}/triplet/",
            {"main_topic": other.main_topic, "sub_topic": other.sub_topic, "detail": other.detail,
             "version": Inquiry.objects.get(pk=inquiry.pk).version},
        )  # fmt: skip

        assert page.status_code == 422
        assert rows() == before
        assert AuditEvent.objects.filter(code="CROSS_SYSTEM_HEAD_TEAM_ONLY").count() == 1


ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example",
             "\\\\evil.example", "/\t/evil.example", "https:///evil.example", "data:text/html,1"]  # fmt: skip


class TestWhereOneIsLedTo:
    """No address of ours sends anybody to another site."""

    @pytest.mark.parametrize("elsewhere", ELSEWHERE)
    def test_after_a_form_nobody_leaves_the_portal(self, browser_of, elsewhere):
        inquiry = InquiryFactory()
        browser = browser_of(inquiry.clerk)
        answers = [
            browser.post("/inquiries/assign/", {"n": inquiry.number, "target": "me", "next": elsewhere}),
            browser.post("/inquiries/release/", {"n": inquiry.number, "note": "לא שלי", "next": elsewhere}),
            browser.get("/inquiries/assign/", {"next": elsewhere}),
            browser.post("/preferences/language/", {"language": "he", "next": elsewhere}),
            browser.post("/preferences/theme/", {"theme": "dark", "next": elsewhere}),
            browser.get("/sign-in/", {"next": elsewhere}),
            browser_of().get("/inquiries/", headers={"HX-Request": "true", "HX-Current-URL": elsewhere}),
        ]

        for answer in answers:
            to = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
            assert to.startswith("/"), answer.request["PATH_INFO"]
            assert not to.startswith(("//", "/\\", "/\t")), answer.request["PATH_INFO"]
            assert elsewhere not in to

    @pytest.mark.parametrize("came_from", ["../../admin?x", "no/such", "//evil.example?q", "%0d%0aX: 1", "zzz", "?"])
    def test_an_odd_list_to_go_back_to_keeps_what_was_saved(self, browser_of, inquiry, came_from):
        version = Inquiry.objects.get(pk=inquiry.pk).version
        sent = {"proposed_solution": "נבדק", "version": version, "in": came_from, "then": "exit"}

        answer = browser_of(inquiry.clerk).post(f"/inquiries/{inquiry.number}/treatment/", sent)

        assert answer.status_code == 302
        assert answer.url.startswith("/inquiries/")
        assert Inquiry.objects.get(pk=inquiry.pk).proposed_solution == "נבדק"


def test_reading_an_inquiry_is_written_down_also_when_it_is_printed(browser_of, inquiry):
    browser = browser_of(inquiry.clerk)
    at = timezone.now()

    for one in ("", "print/"):
        browser.get(f"/inquiries/{inquiry.number}/{one}")

    read = AuditEvent.objects.filter(outcome="read", target_id=str(inquiry.pk), at__gte=at)
    assert sorted(read.values_list("action", flat=True)) == ["inquiry.print", "inquiry.view"]
