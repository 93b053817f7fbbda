"""What a proposal changes, in words: each line as it is now and as it would be, for who approves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from crm_portal.people.models import User
from crm_portal.worktime.labels import CALENDAR
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import calendar

from .. import control_words, labels
from ..models import Licensee, Membership
from ..rules.administered import parameters
from ..rules.administered import shown as value_of
from ..rules.members import MemberRole
from ..rules.vital import Operation
from .parameters import administered

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of what a proposal changes: what it is now, and what it would be; either may be nothing."""

    label: str
    now: str
    proposed: str


def role_given(payload: Payload) -> list[Shown]:
    """Who would be given which role where, beside what he holds there."""
    user, where = User.objects.get(pk=payload["user"]), payload["licensee"]
    held = Membership.objects.current().filter(user=user, licensee=where).values_list("role", flat=True)
    roles = [_role(role) for role in held]
    return [
        Shown(gettext("Account"), "", f"{user} ({user.username})"),
        Shown(gettext("Organisation"), "", _place(where)),
        Shown(gettext("Roles"), ", ".join(roles), ", ".join([*roles, _role(payload["role"])])),
    ]


def role_taken(payload: Payload) -> list[Shown]:
    """Whose role would end."""
    row = Membership.objects.select_related("user").get(pk=payload["membership"])
    return [
        Shown(gettext("Account"), "", f"{row.user} ({row.user.username})"),
        Shown(gettext("Organisation"), "", _place(row.licensee_id)),
        Shown(pgettext("creditdata", "Role"), _role(row.role), ""),
    ]


def setting_changed(payload: Payload) -> list[Shown]:
    """The value that holds the day before, and the one that would hold."""
    day = date.fromisoformat(payload["valid_from"])
    now = value_of(payload["key"], parameters(administered(), day))
    return [
        Shown(str(control_words.SETTING[payload["key"]]), value_words(now), value_words(payload["value"])),
        Shown(gettext("Holds from"), "", _day(payload["valid_from"])),
    ]


def value_words(value: str) -> str:
    """A setting's value as a person reads it: a day, a sum with its thousands apart, a word in his language."""
    if value in control_words.SETTING_VALUE:
        return str(control_words.SETTING_VALUE[value])
    try:
        return _day(value)
    except ValueError:
        return f"{Decimal(value):,}" if value.replace(".", "", 1).isdecimal() else value


def exemption(payload: Payload) -> list[Shown]:
    """From what a licensee would be exempt, how long, and what it does instead."""
    scope = [str(control_words.OPERATION[Operation(one)]) for one in payload["operations"]]
    if payload["from_compartments"]:
        scope.append(gettext("Compartments"))
    return [
        Shown(gettext("Licensee"), "", _place(payload["licensee"])),
        Shown(gettext("Exempt from the second person for"), "", ", ".join(scope)),
        Shown(gettext("Duties in its place"), "", payload["substitute_duties"]),
        Shown(gettext("From"), "", _day(payload["valid_from"])),
        Shown(gettext("Until"), "", _day(payload["valid_until"])),
    ]


def day_declared(payload: Payload) -> list[Shown]:
    """What the calendar says of the day now, and what it would say."""
    day, name = date.fromisoformat(payload["day"]), CalendarName(payload["calendar"])
    would = payload["is_working"]
    return [
        Shown(gettext("Calendar"), "", str(dict(CALENDAR)[name.value])),
        Shown(gettext("Day"), "", _day(payload["day"])),
        Shown(
            pgettext("creditdata", "The day is"),
            _worked(calendar(name).is_business_day(day)),
            pgettext("creditdata", "as it is computed") if would is None else _worked(would),
        ),
        Shown(gettext("Name"), "", payload["name"]),
    ]


def _worked(is_working: bool) -> str:
    return pgettext("creditdata", "a business day") if is_working else pgettext("creditdata", "no business day")


def export(payload: Payload) -> list[Shown]:
    """Which list would be taken out, narrowed how."""
    narrowing = ", ".join(f"{key}: {value}" for key, value in payload["narrowing"].items())
    return [Shown(gettext("List"), "", payload["list"]), Shown(gettext("Narrowed by"), "", narrowing)]


def _role(role: str) -> str:
    return str(labels.MEMBER_ROLE[MemberRole(role)])


def _place(licensee_id: int | None) -> str:
    return gettext("The Registrar") if licensee_id is None else Licensee.objects.get(pk=licensee_id).name


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "d/m/Y")
