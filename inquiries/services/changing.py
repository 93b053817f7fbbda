"""One entry for a form in which the owner chooses a status: the table says which service carries it out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Inquiry
from ..rules.codes import Status
from ..rules.fields import is_filled
from . import answering, closing, forwarding, moving

_BY_TARGET: Mapping[Status, Callable[..., Inquiry]] = MappingProxyType(
    {
        Status.IN_TREATMENT: answering.resume_treatment,
        Status.WAITING_CUSTOMER: answering.wait_for_customer,
        Status.FORWARDED: forwarding.forward,
        Status.CLOSED_SUCCESS: closing.close_success,
        Status.CLOSED_NO_TREATMENT: closing.close_no_treatment,
    }
)
_OF_ONE_TARGET = {
    "team_id": Status.FORWARDED,
    "confirm_return": Status.FORWARDED,
    "closing_reason": Status.CLOSED_NO_TREATMENT,
}


@command("inquiry.change_status", target="inquiry_id")
def change_status(
    *, inquiry_id: int, to: str, by: User, at: datetime, version: int | None = None, **fields: Any
) -> Inquiry:
    """
    Move an inquiry to the status its owner chose.

    `fields`: `proposed_solution`, `reply`, `closing_reason` (its code), `team_id`, `confirm_return`,
    `confirm_representation`, `template_id`, `confirm_thin_reply`.

    :raises Refused: INVALID_TRANSITION for a status nobody chooses by hand, and what the move's own service refuses
    """
    target = Status(to) if to in set(Status) else None
    service = _BY_TARGET.get(target) if target is not None else None
    if service is None:
        inquiry = moving.lock(inquiry_id)
        moving.owned(inquiry, by, version)
        raise refuse(Code.INVALID_TRANSITION, "status", clause="4.5")
    for name, only in _OF_ONE_TARGET.items():
        value = fields.get(name)
        if only is not target and name in fields:
            fields.pop(name)
            if name == "closing_reason" and is_filled(value):
                raise refuse(Code.INVALID_VALUE, "closing_reason", clause="CRM-5.2.8-a")
    if target is Status.FORWARDED:
        fields.setdefault("team_id", None)
    if target is Status.CLOSED_NO_TREATMENT:
        fields.setdefault("closing_reason", "")
    fields.setdefault("proposed_solution", "")
    return service(inquiry_id=inquiry_id, by=by, at=at, version=version, **fields)
