"""Administration in a browser: the department's main tasks, and every role at every screen of its menu (10.3, 11)."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from creditdata.rules.members import OF_LICENSEE, OF_REGISTRAR
from crm_portal.configuration.models import StoredOption
from crm_portal.people.models import User
from crm_portal.people.rules.access import PUBLIC_ROLES
from crm_portal.people.rules.roles import Role
from inquiries.models import ClosingReason
from routing.models import BusinessUnit, LocalityMap, Team, TeamMember, Triplet, UnitMember
from tests.factories.creditdata import LicenseeFactory, member
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.fixtures.visiting import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def enter(visitor: Visitor, live_server, user: User) -> None:
    visitor.page.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": live_server.url}])


@pytest.fixture
def department(transactional_db):
    call_command("load_reference", verbosity=0)
    return UserFactory(username="department", last_name="גרין", first_name="כרמל", roles=[Role.CRM_ADMIN])


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_department_makes_a_reason_moves_a_locality_and_changes_a_figure(visit, live_server, department, phone):
    visitor = visit(phone=phone)
    enter(visitor, live_server, department)

    visitor.goes("/administration/")
    visitor.clicks(visitor.page.locator("main").get_by_role("link", name="סיבות סגירה"))
    visitor.clicks(visitor.page.get_by_role("link", name="חדש: סיבת סגירה"))
    visitor.writes("שם", "הלקוח ביקש לסגור")
    visitor.presses("שמור")
    visitor.reads("הלקוח ביקש לסגור")
    assert ClosingReason.objects.filter(name="הלקוח ביקש לסגור").exists()

    visitor.goes("/administration/tables/localities/?q=חיפה")
    visitor.clicks(visitor.page.locator("main").get_by_role("link", name="חיפה", exact=True))
    visitor.page.get_by_label("משרד מס הכנסה").select_option(label="משרד מס הכנסה אשדוד")
    visitor.presses("שמור")
    row = LocalityMap.objects.valid_on(timezone.localdate()).get(locality="חיפה")
    assert row.income_tax_office.code == "it-ashdod"

    visitor.goes("/administration/settings/")
    visitor.writes("הודעות לקוח ללא מענה", "0")
    visitor.presses("שמור")
    expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
    visitor.writes("הודעות לקוח ללא מענה", "4")
    visitor.presses("שמור")
    assert StoredOption.objects.get().value == 4


@pytest.mark.parametrize(
    "address",
    ["tables/triplets/", "tables/triplets/{triplet}/", "tables/units/", "tables/employees/new/", "tables/roles/",
     "tables/teams/{team}/end/", "completeness/", "calendar/", "calendar/authority/2026-04-02/", "calendar/import/",
     "timers/", "registers/"],
)  # fmt: skip
def test_each_screen_is_accessible_in_light_and_dark(visit, live_server, department, address):
    triplet, team = Triplet.objects.first(), Team.objects.get(code="it-haifa-general")
    visitor = visit()
    enter(visitor, live_server, department)

    visitor.goes(f"/administration/{address.format(triplet=triplet.pk, team=team.pk)}")


def somebody(role: Role) -> User:
    """An account of this role, seated in an office or at a licensee where the role has one."""
    if role is Role.CUSTOMER:
        return CustomerFactory().user
    if role in PUBLIC_ROLES:
        return RepresentativeEmployeeFactory(is_the_representative=role is Role.REPRESENTATIVE).user
    if role in OF_LICENSEE or role in OF_REGISTRAR:
        return member(role, LicenseeFactory() if role in OF_LICENSEE else None)
    user = UserFactory(roles=[role], roles__level=3)
    team = Team.objects.get(code="it-haifa-general")
    UnitMember.objects.create(unit=BusinessUnit.objects.get(code="it-haifa"), user=user)
    TeamMember.objects.create(team=team, user=user, is_coordinator=role is Role.COORDINATOR)
    return user


@pytest.mark.req("CRM-2.2.2-a")
def test_every_role_opens_every_screen_of_its_menu(visit, live_server, department):
    """Scenario 11: no link of anybody's menu leads to a refusal, an error or a page that complains."""
    visitor = visit(scripts=False)  # a page that needs no script loads at once
    opened = {}
    for role in Role:
        visitor.page.context.clear_cookies()
        enter(visitor, live_server, somebody(role))
        visitor.goes("/")
        links = [link.get_attribute("href") for link in visitor.page.locator("nav a[href], header a[href]").all()]
        opened[role] = 0
        for link in dict.fromkeys(one for one in links if one and one.startswith("/")):
            answer = visitor.page.goto(link)
            assert answer is not None
            assert answer.status == 200, (role, link, answer.status)
            expect(visitor.page.locator("h1").first, f"{role}: {link}").not_to_be_empty()
            opened[role] += 1

    assert all(opened.values()), opened
    assert opened[Role.CRM_ADMIN] > opened[Role.HANDLER] > 2
