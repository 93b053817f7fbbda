"""Change the figures of section 4.3 while the portal runs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from crm_portal.audit.services.recording import command, record
from crm_portal.configuration import selectors
from crm_portal.configuration.models import StoredOption
from crm_portal.configuration.rules.options import OPTIONS, Kind, is_allowed
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import User

from ..rules.access import Action
from ..selectors.options import stamp_of_options, stored_values


@command("setting.change")
def configure(*, values: Mapping[str, Any], seen: str, by: User | None, at: datetime) -> list[str]:
    """
    Give options these values, with effect for the next question anybody asks; returns the names that changed.

    A value that is the deployment's own is stored no more, so that a later deployment may change it.

    :raises Refused: PERMISSION_DENIED, STALE_VERSION, INVALID_VALUE at each option whose value is not allowed
    """
    if by is not None and not by.may(Action.KEEP):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-9-b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('settings', 0))")
    stored = stored_values()
    if seen != stamp_of_options(stored):
        raise refuse(Code.STALE_VERSION, because="row_changed", clause="CRM-9-b")
    refuse_if(_wrong(values))
    changed = []
    for name, value in values.items():
        option = OPTIONS[name]
        before = stored.get(name, selectors.default(option))
        if value == before:
            continue
        if value == selectors.default(option):
            StoredOption.objects.filter(name=name).delete()
        else:
            StoredOption.objects.update_or_create(
                name=name, defaults={"value": value, "changed_by": by, "changed_at": at}
            )
        record(
            "setting.change", by=by, at=at, target_type="setting", target_id=name,
            before={"value": before}, after={"value": value},
        )  # fmt: skip
        changed.append(name)
    selectors.forget()
    transaction.on_commit(selectors.forget)
    return changed


def _wrong(values: Mapping[str, Any]) -> list[Refusal]:
    refusals = []
    for name, value in values.items():
        option = OPTIONS.get(name)
        if option is None:
            raise refuse(Code.OUT_OF_SCOPE, name, clause="4.3")
        if not is_allowed(option, value, types=settings.FILE_TYPES):
            about = {"because": f"option_{option.kind}", "minimum": option.minimum, "maximum": option.maximum}
            refusals.append(Refusal(Code.INVALID_VALUE, (name,), about, option.clause))
    return refusals


MOVES_CLOCKS = frozenset(
    option.name for option in OPTIONS.values() if option.kind in (Kind.WEEKDAYS, Kind.HOURS)
)  # what the cached instant of the SLA target is computed with
