"""Improvement suggestions (CRM-8-b, CRM-9-a)."""

from datetime import UTC, datetime

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.people.rules.roles import Role
from inquiries.models import ImprovementSuggestion
from inquiries.selectors.suggesting import own, units_to_suggest_to, visible_suggestions, waiting_for
from inquiries.services import suggesting
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from tests.factories.routing import UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)


@pytest.fixture
def unit():
    return UnitFactory()


def member(unit, *roles):
    user = UserFactory(roles=roles)
    unit.members.create(user=user)
    return user


@pytest.fixture
def author(unit):
    return member(unit, Role.HANDLER)


@pytest.fixture
def trustee(unit):
    return member(unit, Role.CRM_TRUSTEE)


@pytest.fixture
def centre():
    return UserFactory(roles=[Role.HEAD_TEAM_MEMBER])


def submit(by, unit=None, **changes):
    given = {"title": "קיצור דרך", "text": "מקש לסגירה", "unit_id": unit.pk if unit else None}
    return suggesting.submit(by=by, at=AT, **given | changes)


def step(suggestion, name, by, reason=""):
    return suggesting.take_step(suggestion_id=suggestion.pk, step=name, by=by, at=AT, reason=reason)


@pytest.mark.req("CRM-8-b")
def test_the_whole_way_and_its_author_sees_each_state(unit, author, trustee, centre):
    suggestion = submit(author, unit)
    seen = [own(author)[0].state]
    for name, by in (("forward", trustee), ("review", centre), ("accept", centre), ("implement", centre)):
        step(suggestion, name, by)
        seen.append(own(author)[0].state)

    assert seen == ["submitted", "forwarded", "in_review", "accepted", "implemented"]
    assert AuditEvent.objects.filter(action__startswith="suggestion.").count() == 5


@pytest.mark.req("CRM-8-b")
def test_it_is_returned_with_a_reason_and_not_without(unit, author, trustee, refusing):
    suggestion = submit(author, unit)

    with refusing(Code.FIELD_REQUIRED, "reason"):
        step(suggestion, "return", trustee, reason=" ")
    step(suggestion, "return", trustee, reason="קיים כבר")

    [mine] = own(author)
    assert (mine.state, mine.reason, mine.decided_by) == ("rejected", "קיים כבר", trustee)


@pytest.mark.req("CRM-8-b")
def test_it_is_rejected_with_a_reason_and_not_without(author, centre, refusing):
    suggestion = submit(author)
    step(suggestion, "review", centre)

    with refusing(Code.FIELD_REQUIRED, "reason"):
        step(suggestion, "reject", centre)
    assert step(suggestion, "reject", centre, reason="יקר").state == "rejected"


@pytest.mark.req("CRM-8-b")
@pytest.mark.parametrize("role", [Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER])
def test_it_waits_for_each_manager_and_trustee_of_the_unit_and_not_for_another_units(unit, author, role):
    receiver, stranger = member(unit, role), member(UnitFactory(), role)

    suggestion = submit(author, unit)

    assert list(waiting_for(receiver)) == [suggestion]
    assert not visible_suggestions(stranger).exists()


@pytest.mark.req("CRM-8-b")
def test_the_centre_does_not_see_it_before_the_unit_forwards_it(unit, author, trustee, centre, refusing):
    suggestion = submit(author, unit)

    assert not visible_suggestions(centre).exists()
    with refusing(Code.OUT_OF_SCOPE):
        step(suggestion, "forward", centre)


@pytest.mark.req("CRM-8-b")
def test_a_step_is_taken_at_its_own_desk_only_and_once(unit, author, trustee, centre, refusing):
    suggestion = submit(author, unit)
    step(suggestion, "forward", trustee)

    with refusing(Code.PERMISSION_DENIED):
        step(suggestion, "review", trustee)
    with refusing(Code.INVALID_TRANSITION):
        step(suggestion, "forward", trustee)
    with refusing(Code.INVALID_TRANSITION):
        step(suggestion, "nonsense", centre)


@pytest.mark.req("CRM-8-b")
def test_nobody_decides_on_what_he_suggested_himself(unit, trustee, refusing):
    member(unit, Role.OFFICE_MANAGER)
    suggestion = submit(trustee, unit)

    assert not waiting_for(trustee).exists()
    with refusing(Code.PERMISSION_DENIED):
        step(suggestion, "forward", trustee)


@pytest.mark.req("CRM-9-a")
def test_an_employee_writes_to_the_head_team_directly(author, centre, trustee):
    suggestion = submit(author)

    assert list(waiting_for(centre)) == [suggestion]
    assert not waiting_for(trustee).exists()


@pytest.mark.req("CRM-9-a")
def test_a_representative_submits_and_the_head_team_receives(centre):
    card = RepresentativeEmployeeFactory()

    suggestion = submit(card.user)

    assert list(waiting_for(centre)) == [suggestion]
    assert ImprovementSuggestion.objects.get().author_name == str(card.user)


@pytest.mark.req("CRM-9-a")
def test_a_customer_does_not_suggest_and_a_representative_writes_to_no_unit(unit, trustee, refusing):
    with refusing(Code.PERMISSION_DENIED):
        submit(CustomerFactory().user)
    with refusing(Code.INVALID_VALUE, "unit"):
        submit(RepresentativeEmployeeFactory().user, unit)


@pytest.mark.req("CRM-8-b")
def test_one_writes_to_ones_own_unit_and_only_where_somebody_receives(unit, author, refusing):
    with refusing(Code.INVALID_VALUE, "unit"):
        submit(author, unit)
    member(unit, Role.OFFICE_MANAGER)
    assert list(units_to_suggest_to(author)) == [unit]
    other = UnitFactory()
    member(other, Role.OFFICE_MANAGER)
    with refusing(Code.INVALID_VALUE, "unit"):
        submit(author, other)


@pytest.mark.req("CRM-8-b")
@pytest.mark.parametrize(("field", "value", "code"), [
    ("title", " ", Code.FIELD_REQUIRED), ("text", "", Code.FIELD_REQUIRED), ("title", "א" * 121, Code.INVALID_VALUE),
])  # fmt: skip
def test_a_suggestion_has_a_subject_and_words(author, refusing, field, value, code):
    with refusing(code, field):
        submit(author, **{field: value})
