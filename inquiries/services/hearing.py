"""Recorded calls of an inquiry: which there are, and playing one (CRM-2.1.6-b)."""

from datetime import datetime

from crm_portal import registers
from crm_portal.audit.services.recording import command, record_read
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.registers.adapters.recordings import RecordedCall
from routing.rules.codes import UnitKind

from ..models import Inquiry
from ..rules import hearing
from ..selectors import visibility


def may_hear(user: User, inquiry: Inquiry) -> bool:
    """Whether this user may hear the calls of this inquiry."""
    unit = inquiry.opening_unit
    return hearing.may_hear(
        user.roles,
        hearing.Call(
            is_phone=inquiry.is_phone,
            is_at_a_centre=unit is not None and unit.kind == UnitKind.INFO_CENTRE.value,
            is_of_listeners_centre=inquiry.opening_unit_id in visibility.unit_ids(user),
        ),
    )


@command("recording.list", target="inquiry_id")
def calls_of(*, inquiry_id: int, by: User, at: datetime) -> tuple[RecordedCall, ...]:
    """
    The recorded calls of an inquiry, in their order.

    :raises Refused: OUT_OF_SCOPE, also when the inquiry is seen but its calls are not; REGISTER_UNAVAILABLE
    """
    return _calls(_heard(inquiry_id, by), by, at)


@command("recording.play", target="inquiry_id")
def play(*, inquiry_id: int, recording_id: str, by: User, at: datetime) -> tuple[RecordedCall, bytes]:
    """
    The sound of one recorded call; every playback is written down.

    :raises Refused: OUT_OF_SCOPE, also for a recording of another inquiry; REGISTER_UNAVAILABLE
    """
    inquiry = _heard(inquiry_id, by)
    call = next((one for one in _calls(inquiry, by, at) if one.id == recording_id), None)
    sound = registers.recordings(by=by, at=at).sound(recording_id) if call is not None else None
    if call is None or not sound:
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-2.1.6-b")
    record_read("recording.play", by=by, at=at, target=inquiry, what={"recording": recording_id})
    return call, sound


def _heard(inquiry_id: int, by: User) -> Inquiry:
    inquiry = Inquiry.objects.select_related("opening_unit").filter(pk=inquiry_id).first()
    if inquiry is None or not visibility.may_see(by, inquiry) or not may_hear(by, inquiry):
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-2.1.6-b")
    return inquiry


def _calls(inquiry: Inquiry, by: User, at: datetime) -> tuple[RecordedCall, ...]:
    calls: tuple[RecordedCall, ...] = registers.recordings(by=by, at=at).of_inquiry(inquiry.number or "")
    return calls
