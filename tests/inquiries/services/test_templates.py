"""Response templates: who writes, who approves, where they may be used, and what a sent reply remembers."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from inquiries.models import ResponseTemplate, TemplateVersion
from inquiries.rules.codes import TemplateState
from inquiries.selectors.templates import filled, offered_on, usable_on, with_uses
from inquiries.services import closing, corresponding, reference, templates, triplets
from inquiries.services.templates import Content
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, later, office
from tests.factories.people import UserFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
TEXT = "שלום {customer_name}, בפנייה {inquiry_number} חסר טופס 106. ההסבר: https://example.org/106"


@pytest.fixture
def team():
    return office()


@pytest.fixture
def author(team):
    return team.members.get().user


@pytest.fixture
def manager(team):
    return in_unit(team, Role.OFFICE_MANAGER)


def in_unit(team, *roles):
    user = UserFactory(roles=list(roles))
    UnitMember.objects.create(unit=team.unit, user=user)
    return user


def content(team, **given):
    return Content(**{"title": "מסמכים להחזר", "text": TEXT, "unit_id": team.unit_id, **given})


def written(author, team, **given):
    return templates.draft(by=author, at=AT, content=content(team, **given))


def step(act, template, by, **kwargs):
    template = ResponseTemplate.objects.get(pk=template.pk)
    return act(template_id=template.pk, by=by, at=AT, version=template.version, **kwargs)


def approved(author, manager, team, **given):
    template = written(author, team, **given)
    step(templates.submit, template, author)
    return step(templates.approve, template, manager)


def reply(inquiry, template, text="חסר טופס 106, אפשר לצרף אותו כאן.", **kwargs):
    return corresponding.send_message(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text=text, template_id=template.pk, **kwargs
    )


def uses(template):
    return with_uses(ResponseTemplate.objects.filter(pk=template.pk)).get().uses


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert code in {refusal.code for refusal in caught.value.refusals}
    return caught.value


@pytest.mark.req("CRM-2.2.5-a")
def test_an_approved_template_of_the_team_is_offered_with_its_placeholders_filled(team, author, manager):
    template = approved(author, manager, team, team_id=team.pk)
    inquiry = InquiryFactory(team=team, in_treatment=True)

    assert template in offered_on(inquiry)
    text = filled(template, inquiry)
    assert inquiry.number in text
    assert str(inquiry.customer) in text
    assert "{" not in text


@pytest.mark.req("CRM-2.2.5-a")
def test_a_template_is_neither_offered_nor_accepted_in_another_unit(team, author, manager, refusing):
    template = approved(author, manager, team)
    elsewhere = InquiryFactory(team=office(tax_system="vat"), in_treatment=True)

    assert template not in offered_on(elsewhere)
    with refusing(Code.TEMPLATE_NOT_APPROVED, "template"):
        reply(elsewhere, template)


@pytest.mark.req("CRM-2.2.5-a")
@pytest.mark.parametrize("scope", ["team", "triplet"])
def test_a_template_of_another_team_or_triplet_of_the_unit_is_not_accepted(team, author, manager, refusing, scope):
    other = another_team(TripletFactory(), members=[author])
    other.unit = team.unit
    other.save()
    given = {"team_id": other.pk} if scope == "team" else {"triplet_ids": [other.triplet_teams.get().triplet_id]}
    template = approved(author, manager, team, **given)
    inquiry = InquiryFactory(team=team, in_treatment=True)

    assert template not in offered_on(inquiry)
    with refusing(Code.TEMPLATE_NOT_APPROVED, "template"):
        reply(inquiry, template)


@pytest.mark.req("CRM-2.2.5-a")
def test_only_the_department_writes_for_all_units(team, author):
    refused(Code.PERMISSION_DENIED, written, author, team, unit_id=None)

    template = written(UserFactory(roles=[Role.CRM_ADMIN]), team, unit_id=None)

    assert template.unit is None


@pytest.mark.req("CRM-2.2.5-a")
def test_a_handler_writes_for_no_unit_but_his_own(team):
    refused(Code.PERMISSION_DENIED, written, clerk(), team)
    assert not ResponseTemplate.objects.filter(code="").exists()


def test_every_fault_of_a_template_is_said_at_its_field(team, author):
    caught = refused(
        Code.FIELD_REQUIRED, written, author, team, title=" ", text="שלום {שם}", team_id=10**6, triplet_ids=[10**6]
    )

    assert [field for refusal in caught.refusals for field in refusal.fields] == ["title", "text", "team", "triplets"]


@pytest.mark.req("CRM-2.2.5-b")
@pytest.mark.parametrize("state", [state for state in TemplateState if state is not TemplateState.APPROVED])
def test_a_template_that_is_not_approved_is_refused_by_its_id(team, author, manager, refusing, state):
    template = approved(author, manager, team)
    inquiry = InquiryFactory(team=team, in_treatment=True)
    ResponseTemplate.objects.filter(pk=template.pk).update(state=state.value, rejection_reason="x")

    with refusing(Code.TEMPLATE_NOT_APPROVED, "template"):
        reply(inquiry, template)


@pytest.mark.req("CRM-2.2.5-b")
@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER])
def test_the_manager_and_the_deputy_of_the_unit_approve(team, author, role):
    template = written(author, team)
    step(templates.submit, template, author)

    assert step(templates.approve, template, in_unit(team, role)).state == "approved"
    assert AuditEvent.objects.filter(action="template.approve", outcome="done").count() == 1


@pytest.mark.req("CRM-2.2.5-b")
def test_nobody_else_of_the_unit_and_no_manager_of_another_approves(team, author):
    template = written(author, team)
    step(templates.submit, template, author)
    stranger = in_unit(office(tax_system="vat"), Role.OFFICE_MANAGER)

    for user in (in_unit(team, Role.COORDINATOR), in_unit(team, Role.CRM_TRUSTEE), UserFactory(roles=[Role.CRM_ADMIN])):
        refused(Code.PERMISSION_DENIED, step, templates.approve, template, user)
    refused(Code.OUT_OF_SCOPE, step, templates.approve, template, stranger)


@pytest.mark.req("CRM-2.2.5-b")
def test_the_author_does_not_approve_his_own_even_as_deputy(team):
    deputy = in_unit(team, Role.DEPUTY_MANAGER)
    template = written(deputy, team)
    step(templates.submit, template, deputy)

    refused(Code.PERMISSION_DENIED, step, templates.approve, template, deputy)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseTemplate.objects.filter(pk=template.pk).update(decided_by=deputy, decided_at=AT)


@pytest.mark.req("CRM-2.2.5-b")
def test_who_rewrote_anothers_template_does_not_approve_it_either(team, author, manager):
    template = written(author, team)
    step(templates.submit, template, author)
    step(templates.edit, template, manager, content=content(team, text="נוסח חדש של המנהל, בלי שדות"))

    refused(Code.PERMISSION_DENIED, step, templates.approve, template, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(template=template, number=2).update(approved_by=manager)


@pytest.mark.req("CRM-2.2.5-b")
def test_a_global_template_is_approved_by_another_person_of_the_department(team, manager):
    first, second = UserFactory(roles=[Role.CRM_ADMIN]), UserFactory(roles=[Role.CRM_ADMIN])
    template = written(first, team, unit_id=None)
    step(templates.submit, template, first)

    refused(Code.PERMISSION_DENIED, step, templates.approve, template, first)
    refused(Code.PERMISSION_DENIED, step, templates.approve, template, manager)
    assert step(templates.approve, template, second).state == "approved"


@pytest.mark.req("CRM-2.2.5-b")
@pytest.mark.parametrize("change", [{"text": "נוסח אחר, מלא ומפורט"}, {"triplet_ids": True}])
def test_an_edit_of_text_or_scope_stops_the_use_at_once_and_keeps_the_former_version(
    team, author, manager, refusing, change
):
    template = approved(author, manager, team)
    inquiry = InquiryFactory(team=team, in_treatment=True)
    if "triplet_ids" in change:
        change = {"triplet_ids": [inquiry.triplet_id]}

    edited = step(templates.edit, template, author, content=content(team, **change))

    assert edited.state == "pending_approval"
    assert template not in usable_on(inquiry)
    with refusing(Code.TEMPLATE_NOT_APPROVED):
        reply(inquiry, template)
    former, now = TemplateVersion.objects.filter(template=template).order_by("number")
    assert (former.text, former.approved_by, now.approved_by) == (TEXT, manager, None)


@pytest.mark.req("CRM-2.2.5-b")
def test_a_rejection_needs_a_reason_which_the_template_carries(team, author, manager):
    template = written(author, team)
    step(templates.submit, template, author)

    refused(Code.FIELD_REQUIRED, step, templates.reject, template, manager, reason=" ")
    rejected = step(templates.reject, template, manager, reason="חסר קישור")

    assert (rejected.state, rejected.rejection_reason) == ("rejected", "חסר קישור")


@pytest.mark.req("CRM-2.2.5-b")
def test_what_was_changed_since_it_was_read_is_not_approved(team, author, manager):
    template = written(author, team)
    step(templates.submit, template, author)
    step(templates.edit, template, author, content=content(team, text="נוסח שהמנהל לא קרא"))

    refused(Code.STALE_VERSION, templates.approve, template_id=template.pk, by=manager, at=AT, version=1)


@pytest.mark.req("CRM-6.4-b")
def test_a_template_says_no_forbidden_phrase_when_written_edited_or_submitted(team, author):
    reference.load()
    said = "שלום, פנייתך הועבר לטיפול"
    refused(Code.FORBIDDEN_PHRASE, written, author, team, text=said)
    template = written(author, team)
    refused(Code.FORBIDDEN_PHRASE, step, templates.edit, template, author, content=content(team, text=said))

    ResponseTemplate.objects.filter(pk=template.pk).update(text=said)  # the phrase was added after it was written
    refused(Code.FORBIDDEN_PHRASE, step, templates.submit, template, author)


@pytest.mark.req("CRM-2.2.5-c")
def test_the_use_is_counted_by_replies_sent_and_each_keeps_the_version_it_began_from(team, author, manager):
    template = approved(author, manager, team)
    inquiry = InquiryFactory(team=team, in_treatment=True)
    filled(template, inquiry)  # inserted, not sent
    assert uses(template) == 0

    reply(inquiry, template)
    step(templates.edit, template, author, content=content(team, text="נוסח שני, מלא ומפורט"))
    step(templates.approve, template, manager)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    closing.close_success(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), reply="הבקשה אושרה", template_id=template.pk
    )

    assert uses(template) == 2
    assert [m.template_version.number for m in fresh(inquiry).messages.order_by("id")] == [1, 2]


@pytest.mark.req("CRM-2.2.5-c")
def test_a_refused_reply_counts_no_use(team, author, manager, refusing):
    reference.load()
    template = approved(author, manager, team)
    inquiry = InquiryFactory(team=team, in_treatment=True)

    with refusing(Code.FORBIDDEN_PHRASE):
        reply(inquiry, template, text="הועבר לטיפול")

    assert uses(template) == 0


@pytest.mark.req("CRM-6.6-d")
def test_the_shipped_template_is_approved_and_in_the_list_of_every_triplet():
    inquiries = [InquiryFactory(team=office(tax_system=system)) for system in ("deductions", "vat")]

    for inquiry in inquiries:
        assert "not_opened_for_customer" in {template.code for template in offered_on(inquiry)}


@pytest.mark.req("CRM-6.6-d")
def test_the_shipped_template_is_first_when_closing_for_its_reason_and_not_otherwise(team, author, manager):
    other = approved(author, manager, team, triplet_ids=[team.triplet_teams.get().triplet_id])
    inquiry = InquiryFactory(team=team)

    assert offered_on(inquiry, closing_reason="not_opened_for_customer")[0].code == "not_opened_for_customer"
    assert offered_on(inquiry)[0] == other


def test_the_examples_wait_for_the_departments_approval_and_a_second_load_changes_nothing():
    reference.load()
    ResponseTemplate.objects.filter(code="not_opened_for_customer").update(title="כותרת של המחלקה")

    loaded = reference.load(overwrite=True)

    assert loaded.created == 0
    states = dict(ResponseTemplate.objects.exclude(code="").values_list("code", "state"))
    assert states == {
        "not_opened_for_customer": "approved", "example_tax_refund_documents": "pending_approval",
        "example_severance_withdrawal": "pending_approval",
    }  # fmt: skip
    assert ResponseTemplate.objects.filter(title="כותרת של המחלקה").exists()
    assert TemplateVersion.objects.count() == 3


def test_the_most_fitting_come_first_and_among_equals_the_most_used(team, author, manager):
    whole = approved(author, manager, team, title="א כל היחידה")
    used = approved(author, manager, team, title="ב כל היחידה")
    of_team = approved(author, manager, team, title="ג צוות", team_id=team.pk)
    of_triplet = approved(author, manager, team, title="ד שלשה", triplet_ids=[team.triplet_teams.get().triplet_id])
    inquiry = InquiryFactory(team=team, in_treatment=True)
    reply(inquiry, used)

    assert offered_on(inquiry)[:4] == [of_triplet, of_team, used, whole]
    assert offered_on(inquiry, term="ג צוות") == [of_team]
