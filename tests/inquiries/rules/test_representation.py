import pytest

from crm_portal.errors import Code, Refusal
from crm_portal.people.rules.roles import PoaRequestState, PoaSource
from inquiries.rules.representation import Found, ground

PENDING, APPROVED, DECLINED, REVOKED = PoaRequestState
MEDICAL, SEVERANCE = "medical_committees", "severance"
REGISTER, REQUEST = PoaSource.REGISTER, PoaSource.APPROVED_REQUEST
MISSING, NOT_APPROVED = Code.POA_MISSING, Code.POA_REQUEST_NOT_APPROVED


@pytest.mark.req("CRM-6.6-f")
@pytest.mark.req("CRM-6.6-g")
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # topic, power, limited to, request, other active file
        (Found(""), MISSING),
        (Found("", has_power=True), REGISTER),
        (Found("", has_power=True, power_topic=MEDICAL), MISSING),
        (Found("", request=APPROVED), MISSING),
        (Found(MEDICAL), MISSING),
        (Found(MEDICAL, has_power=True), REGISTER),
        (Found(MEDICAL, has_power=True, power_topic=MEDICAL), REGISTER),
        (Found(MEDICAL, has_power=True, power_topic=SEVERANCE), MISSING),
        (Found(MEDICAL, has_power=True, power_topic=SEVERANCE, request=APPROVED), REQUEST),
        (Found(MEDICAL, has_power=True, request=REVOKED), REGISTER),
        (Found(MEDICAL, has_power=True, has_other_active_file=True), REGISTER),
        (Found(MEDICAL, request=APPROVED), REQUEST),
        (Found(MEDICAL, request=APPROVED, has_other_active_file=True), MISSING),
        (Found(MEDICAL, request=PENDING), NOT_APPROVED),
        (Found(MEDICAL, request=DECLINED), NOT_APPROVED),
        (Found(MEDICAL, request=REVOKED), NOT_APPROVED),
    ],
)
def test_the_register_comes_first_and_an_approved_request_opens_its_own_topic_alone(found, expected):
    result = ground(found)

    assert (result.code if isinstance(result, Refusal) else result) is expected


@pytest.mark.parametrize(
    ("found", "offers"),
    [(Found(MEDICAL), True), (Found(""), False), (Found(MEDICAL, has_other_active_file=True), False)],
)
def test_a_request_is_offered_only_where_one_would_help(found, offers):
    assert (ground(found).details.get("offer") == "poa_request") is offers
