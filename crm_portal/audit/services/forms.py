"""Refusals that no command made: a form that cannot be read, a door that said no before it called a service."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.forms import BaseForm

from crm_portal.errors import Code, Refusal, Refused

from .recording import record_refusal

if TYPE_CHECKING:
    from crm_portal.people.models import User


def refusal_of(form: BaseForm) -> Refused:
    """What a form's own errors amount to: fields left empty, or values that are not allowed."""
    fields: dict[Code, list[str]] = {}
    for name, errors in form.errors.as_data().items():
        for error in errors:
            code = Code.FIELD_REQUIRED if error.code == "required" else Code.INVALID_VALUE
            fields.setdefault(code, []).append(name)
    return Refused(*(Refusal(code, tuple(dict.fromkeys(names))) for code, names in sorted(fields.items())))


def record_once(
    action: str, refused: Refused, *, by: "User | None", at: datetime, target_type: str = "", target_id: str = ""
) -> None:
    """Write a refusal into the audit unless a command has written it already."""
    if refused.after_roll_back is None:
        record_refusal(action, refused, by=by, at=at, target_type=target_type, target_id=target_id)
