"""The reference tables are kept by rules that hold whoever calls: pages, the shell or another service."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crm_portal.administration.selectors.rows import stamp_of
from crm_portal.administration.services import keeping
from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.messaging.models import Notification
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.roles import Role
from inquiries.models import Channel, ClosingReason, FeedbackStatus
from inquiries.services import opening
from inquiries.services.phrases import refuse_forbidden
from routing.models import BusinessUnit, FixedUnitRule, LocalityMap, NsaRule, RealEstateFirstLineRule, Team, TripletTeam
from routing.selectors import default_team
from routing.selectors.completeness import check
from tests.factories.inquiries import InquiryFactory, another_team, fresh, office, take_step
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TeamFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def save(table, row=None, *, by=None, at=NOW, holds_from=None, seen=None, **values):
    row_id = None if row is None else str(row.pk)
    stamp = seen if seen is not None else "" if row is None else stamp_of(row)
    return keeping.save_row(
        table=table, row_id=row_id, values=values, by=by, at=at, seen=stamp, holds_from=holds_from
    )  # fmt: skip


def end(table, row, last_day=None, *, by=None, at=NOW):
    keeping.end_row(table=table, row_id=str(row.pk), last_day=last_day, seen=stamp_of(row), by=by, at=at)


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return [(one.code, one.fields, one.details.get("because")) for one in caught.value.refusals]


@pytest.mark.req("CRM-9-b")
def test_what_is_changed_is_in_the_audit_as_it_was_and_as_it_is(shipped, department):
    reason = ClosingReason.objects.get(code="identical_inquiry")
    name = reason.name

    save("closing-reasons", reason, by=department, name="פנייה כפולה", position=reason.position)

    event = AuditEvent.objects.get(action="closingreason.change")
    assert (event.actor, event.target_id) == (department, "identical_inquiry")
    assert (event.before, event.after) == ({"name": name}, {"name": "פנייה כפולה"})


def test_a_row_without_a_code_is_given_one_that_is_free(shipped):
    first = save("closing-reasons", name="לקוח ביקש לסגור", code="", position=9)
    second = save("closing-reasons", name="הועבר לגוף אחר", code="", position=10)

    assert first.code != second.code
    assert first.code.startswith("closing-reasons-")


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(shipped):
    reason = ClosingReason.objects.get(code="identical_inquiry")
    drawn = stamp_of(reason)
    ClosingReason.objects.filter(pk=reason.pk).update(name="שם חדש")

    assert refused(lambda: save("closing-reasons", reason, seen=drawn, name="אחר", position=1)) == [
        (Code.STALE_VERSION, (), "row_changed")
    ]
    assert ClosingReason.objects.get(pk=reason.pk).name == "שם חדש"


@pytest.mark.parametrize(
    ("table", "code"), [("closing-reasons", "not_opened_for_customer"), ("channels", "internet")]
)  # fmt: skip
def test_a_row_that_the_rules_name_stays_switched_on(shipped, table, code):
    row = {"closing-reasons": ClosingReason, "channels": Channel}[table].objects.get(code=code)

    assert refused(lambda: end(table, row)) == [(Code.INVALID_VALUE, (), "needed_by_the_rules")]
    row.refresh_from_db()
    assert row.is_active


def test_a_row_that_is_switched_off_stays_and_can_be_switched_on_again(shipped, department):
    reason = save("closing-reasons", name="לקוח ביקש לסגור", position=9)

    end("closing-reasons", reason, by=department)
    reason.refresh_from_db()
    assert not reason.is_active

    keeping.resume_row(table="closing-reasons", row_id=reason.pk, seen=stamp_of(reason), by=department, at=NOW)
    reason.refresh_from_db()
    assert reason.is_active
    verbs = (
        AuditEvent.objects.filter(target_id=reason.pk, outcome="done").order_by("id").values_list("action", flat=True)
    )
    assert list(verbs) == ["closingreason.add", "closingreason.deactivate", "closingreason.activate"]


@pytest.mark.parametrize("role", [Role.HEAD_TEAM_MEMBER, Role.OFFICE_MANAGER, Role.HANDLER, Role.AUDITOR])
def test_nobody_but_the_department_keeps_a_table(shipped, role):
    by = UserFactory(roles=[role])

    assert refused(lambda: save("closing-reasons", by=by, name="סיבה", position=1)) == [
        (Code.PERMISSION_DENIED, (), None)
    ]
    assert AuditEvent.objects.get(action="reference.keep").outcome == "refused"


@pytest.mark.req("CRM-7-q")
def test_an_inquiry_that_was_routed_keeps_its_decision_and_a_new_one_follows_the_new_row():
    team = office()
    triplet = team.triplet_teams.get().triplet
    other = another_team(triplet)
    old = InquiryFactory(team=team)
    decided = (old.routing_decision.unit, old.routing_decision.team, old.routing_decision.facts)

    save("fixed-units", FixedUnitRule.objects.get(triplet=triplet), unit=other.unit, valid_until=None)
    new = InquiryFactory(team=team, at=NOW)

    old = fresh(old)
    assert (old.routing_decision.unit, old.routing_decision.team, old.routing_decision.facts) == decided
    assert (old.handling_team, new.handling_team) == (team, other)


@pytest.mark.req("CRM-7-q")
def test_a_dated_row_that_held_is_ended_and_another_begins(shipped):
    row = LocalityMap.objects.get(locality="חיפה")
    ashdod = BusinessUnit.objects.get(code="it-ashdod")

    new = save(
        "localities", row, holds_from=TOMORROW, income_tax_office=ashdod, vat_office=row.vat_office, msm_unit=None,
        valid_until=None,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.income_tax_office.code, row.valid_until) == ("it-haifa", TODAY)
    assert (new.income_tax_office, new.valid_from, new.valid_until) == (ashdod, TOMORROW, None)
    ended, begun = AuditEvent.objects.filter(target_type="localitymap").order_by("id")
    assert (ended.action, begun.action) == ("localitymap.end", "localitymap.add")
    assert (ended.before, ended.after) == ({"valid_until": ""}, {"valid_until": str(TODAY)})
    assert (begun.after["income_tax_office"], begun.after["valid_from"]) == (str(ashdod), str(TOMORROW))


@pytest.mark.parametrize(
    ("holds_from", "because"), [(YESTERDAY, "past_day"), (date(2027, 2, 1), "ended_before")]
)  # fmt: skip
def test_a_change_cannot_begin_in_the_past_or_after_the_row_has_ended(shipped, holds_from, because):
    row = LocalityMap.objects.get(locality="חיפה")
    LocalityMap.objects.filter(pk=row.pk).update(valid_until=date(2027, 1, 1))
    row.refresh_from_db()
    change = {"income_tax_office": BusinessUnit.objects.get(code="it-ashdod"), "vat_office": row.vat_office}

    assert refused(lambda: save("localities", row, holds_from=holds_from, **change)) == [
        (Code.INVALID_VALUE, ("holds_from",), because)
    ]
    assert LocalityMap.objects.filter(locality="חיפה").count() == 1


def test_two_rows_for_the_same_day_are_refused_and_the_present_one_is_named(shipped):
    row = LocalityMap.objects.get(locality="חיפה")

    assert refused(
        lambda: save(
            "localities", locality="חיפה", income_tax_office=row.income_tax_office, vat_office=row.vat_office,
            msm_unit=None, valid_from=TOMORROW, valid_until=None,
        )
    ) == [(Code.DUPLICATE, ("valid_from",), "dates_overlap")]  # fmt: skip


def test_a_locality_is_served_by_offices_of_the_right_tax_only(shipped):
    vat = BusinessUnit.objects.get(code="vat-haifa")
    offices = {"income_tax_office": vat, "vat_office": vat, "msm_unit": vat}

    reasons = refused(lambda: save("localities", locality="עפולה", valid_from=TODAY, valid_until=None, **offices))

    assert reasons == [
        (Code.INVALID_VALUE, ("income_tax_office",), "wrong_unit"),
        (Code.INVALID_VALUE, ("msm_unit",), "wrong_unit"),
    ]


@pytest.mark.req("CRM-7-k")
def test_an_office_is_never_the_first_line_of_real_estate(shipped):
    row = RealEstateFirstLineRule.objects.first()

    assert refused(lambda: save("first-lines", row, unit=BusinessUnit.objects.get(code="re-haifa"))) == [
        (Code.INVALID_VALUE, ("unit",), "not_a_first_line")
    ]


def test_a_dated_row_ends_by_its_last_day_and_is_never_deleted(shipped):
    row = NsaRule.objects.first()

    end("nsa-units", row, TODAY)

    row.refresh_from_db()
    assert row.valid_until == TODAY


@pytest.mark.parametrize("last_day", [TODAY - timedelta(days=2), None])
def test_a_row_cannot_end_before_yesterday_or_on_no_day(shipped, last_day):
    row = NsaRule.objects.first()

    assert refused(lambda: end("nsa-units", row, last_day))[0][1] == ("last_day",)
    row.refresh_from_db()
    assert row.valid_until is None


def test_a_row_that_has_not_begun_is_taken_back(shipped, department):
    row = save(
        "localities", locality="עפולה", income_tax_office=BusinessUnit.objects.get(code="it-haifa"),
        vat_office=BusinessUnit.objects.get(code="vat-haifa"), msm_unit=None, valid_from=TOMORROW, valid_until=None,
    )  # fmt: skip

    end("localities", row, by=department)

    assert not LocalityMap.objects.filter(locality="עפולה").exists()
    assert AuditEvent.objects.get(action="localitymap.delete").before["locality"] == "עפולה"


def test_a_new_default_team_takes_the_place_of_the_old_one_with_no_day_between(shipped):
    old = TripletTeam.objects.get(triplet__code="it-work-grant", team__code="it-haifa-general")
    team = Team.objects.get(code="it-haifa-section-17")

    save(
        "triplet-teams", triplet=old.triplet, team=team, is_default_for_unit=True, valid_from=TOMORROW, valid_until=None
    )

    assert default_team(old.triplet, team.unit, TODAY) == old.team
    assert default_team(old.triplet, team.unit, TOMORROW) == team
    assert TripletTeam.objects.valid_on(TOMORROW).filter(triplet=old.triplet, team=old.team).exists()
    assert not check(TOMORROW).gaps


@pytest.mark.req("CRM-7-m")
def test_the_head_team_and_its_unit_cannot_be_switched_off(shipped):
    head = Team.objects.get(is_head_team=True)

    assert refused(lambda: end("teams", head)) == [(Code.INVALID_VALUE, (), "head_team_needed")]
    assert refused(lambda: end("units", head.unit)) == [(Code.INVALID_VALUE, (), "head_team_needed")]


def test_a_name_is_not_given_twice_in_a_unit():
    team = TeamFactory(name="צוות גבייה")

    assert refused(lambda: save("teams", code="", name="צוות גבייה", unit=team.unit, section="")) == [
        (Code.DUPLICATE, ("name",), "name_taken")
    ]
    assert save("teams", code="", name="צוות גבייה", unit=UnitFactory(), section="").pk


@pytest.mark.req("CRM-2.2.2-a")
def test_a_role_is_granted_with_its_reach_and_level(department):
    employee = UserFactory()

    grant = save(
        "roles", by=department, user=employee, role="viewer", scope="tax_system", tax_system="vat", level=2,
        views_customer_files=True,
    )  # fmt: skip

    assert employee.role_grants.get() == grant
    assert (grant.scope, grant.tax_system, grant.level, grant.views_customer_files) == ("tax_system", "vat", 2, True)


@pytest.mark.parametrize(
    ("given", "field", "because"),
    [
        pytest.param({"scope": "tax_system", "tax_system": ""}, "tax_system", "which_tax_system", id="no tax system"),
        pytest.param({"scope": "unit", "tax_system": "vat"}, "tax_system", "no_tax_system", id="one too many"),
        pytest.param({"role": "customer"}, "role", "employees_only", id="a role of the public"),
        pytest.param({"level": 4}, None, None, id="no such level"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_at_its_field(department, given, field, because):
    wanted = {"role": "handler", "scope": "unit", "tax_system": "", "level": 0, "views_customer_files": False, **given}

    reasons = refused(lambda: save("roles", by=department, user=UserFactory(), **wanted))

    assert {reason[2] for reason in reasons} == {because}
    assert field is None or reasons[0][1] == (field,)
    assert not RoleGrant.objects.exclude(user=department).exists()


@pytest.mark.req("CRM-2.2.2-a")
def test_nobody_changes_or_removes_his_own_roles_or_switches_himself_off(department):
    grant = department.role_grants.get()

    assert (
        refused(lambda: save("roles", grant, by=department, scope="all", tax_system="", level=3))[0][2] == "not_oneself"
    )
    assert refused(lambda: end("roles", grant, by=department))[0][2] == "not_oneself"
    assert refused(lambda: end("employees", department, by=department))[0][2] == "not_oneself"


def test_a_role_that_is_removed_is_kept_in_the_audit(department):
    grant = UserFactory(roles=[Role.CRM_TRUSTEE]).role_grants.get()

    end("roles", grant, by=department)

    assert AuditEvent.objects.get(action="rolegrant.delete").before["role"] == "crm_trustee"
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_only_an_active_employee_becomes_a_member_and_only_once():
    team = TeamFactory()
    member = save("team-members", team=team, user=UserFactory(), is_coordinator=True)

    assert refused(lambda: save("team-members", team=team, user=CustomerFactory().user, is_coordinator=False)) == [
        (Code.INVALID_VALUE, ("user",), "employees_only")
    ]
    assert refused(lambda: save("team-members", team=team, user=member.user, is_coordinator=False)) == [
        (Code.DUPLICATE, ("user",), "member_already")
    ]


@pytest.mark.req("CRM-2.1.5-a")
def test_an_inquiry_comes_by_a_channel_that_is_only_a_row_and_is_routed_as_any_other():
    team = office()
    InquiryFactory(team=team)  # and the channels that ship

    channel = save("channels", code="chat", name="צ'אט", is_imported_only=False, position=20)
    triplet = team.triplet_teams.get().triplet
    inquiry = opening.open_by_customer(
        by=CustomerFactory().user, at=NOW, triplet_id=triplet.pk, description="בקשה", channel=channel.pk
    )

    assert (inquiry.channel_id, inquiry.handling_team) == ("chat", team)


@pytest.mark.req("CRM-2.1.3-c")
def test_a_status_that_is_switched_on_or_off_in_the_table_is_told_or_not():
    inquiry = InquiryFactory()
    save("feedback-statuses", FeedbackStatus.objects.get(status="waiting_customer"), is_on=False)

    take_step(inquiry, "assign", by=inquiry.clerk, at=NOW)
    take_step(inquiry, "wait", by=inquiry.clerk, at=NOW + timedelta(hours=1))

    assert not Notification.objects.filter(kind="inquiry_waiting_customer").exists()


def test_the_feedback_statuses_are_neither_more_nor_fewer(shipped):
    assert refused(lambda: save("feedback-statuses", status="open", is_on=True)) == [(Code.PERMISSION_DENIED, (), None)]
    row = FeedbackStatus.objects.first()
    assert refused(lambda: end("feedback-statuses", row)) == [(Code.PERMISSION_DENIED, (), None)]


@pytest.mark.req("CRM-6.4-b")
def test_a_phrase_that_is_added_is_refused_at_once_in_what_is_written_to_customers(shipped):
    text = "אנא התקשרו למוקד"
    refuse_forbidden(text)
    phrase = save("phrases", text="התקשרו למוקד", advice="יש לענות בפנייה")
    assert refused(lambda: refuse_forbidden(text))[0][0] == Code.FORBIDDEN_PHRASE

    end("phrases", phrase)
    refuse_forbidden(text)


def test_a_phrase_too_short_to_mean_anything_is_refused(shipped):
    assert refused(lambda: save("phrases", text=" ו. ", advice="")) == [
        (Code.INVALID_VALUE, ("text",), "phrase_too_short")
    ]
