import pytest

from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role, UserKind
from routing import selectors
from routing.models import Triplet
from tests.factories.people import UserFactory
from tests.factories.routing import TaxSystemFactory, TripletFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def internal():
    return {
        "hq": TripletFactory(is_internal=True),
        "undecided": TripletFactory(is_internal=True, internal_case="undecided"),
        "process_question": TripletFactory(is_internal=True, internal_case="process_question"),
    }


@pytest.mark.req("CRM-7-l")
@pytest.mark.parametrize("kind", [UserKind.CUSTOMER, UserKind.REPRESENTATIVE])
def test_customers_and_representatives_neither_see_nor_choose_internal_triplets(internal, kind):
    plain, user = TripletFactory(), UserFactory(kind=kind.value)

    assert list(selectors.selectable_triplets(user)) == [plain]
    for triplet in internal.values():
        with pytest.raises(Refused) as refused:
            selectors.choose(triplet.pk, user)
        assert refused.value.code == Code.TRIPLET_INTERNAL


@pytest.mark.req("CRM-7-n")
@pytest.mark.parametrize(
    ("role", "chooses"),
    [
        (Role.HANDLER, {"hq", "process_question"}),
        (Role.INFO_CENTRE_OPERATOR, {"hq", "process_question"}),
        (Role.COORDINATOR, {"hq", "process_question", "undecided"}),
        (Role.CRM_TRUSTEE, {"hq", "process_question", "undecided"}),
        (Role.OFFICE_MANAGER, {"hq", "process_question", "undecided"}),
        (Role.DEPUTY_MANAGER, {"hq", "process_question", "undecided"}),
        (Role.HEAD_TEAM_MEMBER, {"hq", "process_question", "undecided"}),
        (Role.VIEWER, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_the_role_decides_which_internal_triplets_an_employee_chooses(internal, role, chooses):
    user = UserFactory(roles=[role])

    seen = set(selectors.selectable_triplets(user))
    assert {name for name, triplet in internal.items() if triplet in seen} == chooses
    for name, triplet in internal.items():
        if name in chooses:
            assert selectors.choose(triplet.pk, user) == triplet
        else:
            with pytest.raises(Refused) as refused:
                selectors.choose(triplet.pk, user)
            assert refused.value.code == Code.PERMISSION_DENIED


@pytest.mark.req("CRM-4.1-b")
def test_levels_that_do_not_belong_together_are_refused():
    TaxSystemFactory(code="vat", name='מע"מ')
    vat = TripletFactory(tax_system_id="vat", main_topic='מע"מ', sub_topic="תיק עוסק", detail="פתיחת תיק עוסק")

    assert selectors.of_levels('מע"מ', "תיק עוסק", "פתיחת תיק עוסק") == vat
    with pytest.raises(Refused) as refused:
        selectors.of_levels("מס הכנסה", "תיק עוסק", "פתיחת תיק עוסק")
    assert refused.value.code == Code.TRIPLET_INVALID


@pytest.mark.req("CRM-4.1-b")
def test_an_inactive_triplet_cannot_be_newly_chosen_but_stays_readable():
    user = UserFactory(roles=[Role.HANDLER])
    triplet = TripletFactory(is_active=False)

    assert triplet not in selectors.selectable_triplets(user)
    with pytest.raises(Refused) as refused:
        selectors.choose(triplet.pk, user)
    assert refused.value.code == Code.TRIPLET_INVALID
    assert Triplet.objects.get(pk=triplet.pk) == triplet


def test_a_triplet_that_does_not_exist_is_refused():
    with pytest.raises(Refused) as refused:
        selectors.choose(0, UserFactory())
    assert refused.value.code == Code.TRIPLET_INVALID
