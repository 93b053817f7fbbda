"""
What the CRM department keeps of inquiries: closing reasons, forbidden phrases, feedback statuses, channels (M5).

Before something is switched off, its keepers are told which inquiries are on it.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm_portal.administration import registry
from crm_portal.administration.tables import Column, Ending, Look, Rows, Screen, Table
from crm_portal.errors import Code, Refusal
from crm_portal.people.models import User
from routing.models import Team, Triplet

from .labels import TIMER
from .models import Channel, ClosingReason, FeedbackStatus, ForbiddenPhrase, Inquiry
from .rules.codes import ChannelCode, ClosingReasonCode, Status

NAMED_BY_THE_RULES = frozenset({*(code.value for code in ClosingReasonCode), *(code.value for code in ChannelCode)})


def _the_rules_need_it(row: ClosingReason | Channel, by: User | None) -> Iterable[Refusal]:
    """A code that the rules name cannot be switched off: they would refuse what the law demands."""
    if row.is_active and row.code in NAMED_BY_THE_RULES:
        yield Refusal(Code.INVALID_VALUE, (), {"because": "needed_by_the_rules"}, "CRM-9-b")


def _name_is_free(row: ClosingReason | Channel, by: User | None) -> Iterable[Refusal]:
    if type(row).objects.exclude(pk=row.pk).filter(name=row.name).exists():
        yield Refusal(Code.DUPLICATE, ("name",), {"because": "name_taken"})


def _phrase_says_something(phrase: ForbiddenPhrase, by: User | None) -> Iterable[Refusal]:
    if sum(letter.isalnum() for letter in phrase.text) < 3:
        yield Refusal(Code.INVALID_VALUE, ("text",), {"because": "phrase_too_short"}, "CRM-6.4-b")


def _without_draft(rows: Rows) -> Rows:
    return rows.exclude(status=Status.OPEN.value)


def _open_on(triplet: Triplet) -> Iterable[str]:
    count = Inquiry.objects.active().filter(triplet=triplet).count()
    if count:
        yield ngettext(
            "One active inquiry is on this triplet. It stays there and is answered as before.",
            "%(count)d active inquiries are on this triplet. They stay there and are answered as before.",
            count,
        ) % {"count": count}


def _held_by(user: User) -> Iterable[str]:
    count = Inquiry.objects.active().filter(owner=user).count()
    if count:
        yield ngettext(
            "He holds one active inquiry. Let the coordinator release it or hand it over.",
            "He holds %(count)d active inquiries. Let the coordinator release them or hand them over.",
            count,
        ) % {"count": count}


def _stock_of(team: Team) -> Iterable[str]:
    count = Inquiry.objects.active().filter(handling_team=team).count()
    if count:
        yield ngettext(
            "One active inquiry is with the team and stays in its stock until it is forwarded.",
            "%(count)d active inquiries are with the team and stay in its stock until they are forwarded.",
            count,
        ) % {"count": count}


TABLES = (
    Table(
        key="closing-reasons",
        screen=Screen.CODES,
        model=ClosingReason,
        label=_("Closing reasons"),
        one=_("Closing reason"),
        icon="check",
        intro=_("Why an inquiry may be closed without treatment. A new reason is in the treatment form at once."),
        fields=("code", "name", "position"),
        fixed=("code",),
        columns=(
            Column(_("Name"), "name", sub="code"),
            Column(_("By the system only"), "is_system_only", Look.FLAG, less=True),
            Column(_("Position"), "position", Look.NUMBER),
        ),
        ending=Ending.SWITCHED,
        search=("code", "name"),
        checks=_name_is_free,
        ending_checks=_the_rules_need_it,
        consequences=lambda row: [gettext("Inquiries closed by it keep it; for new closings it cannot be chosen.")],
    ),
    Table(
        key="phrases",
        screen=Screen.CODES,
        model=ForbiddenPhrase,
        label=_("Forbidden phrases"),
        one=_("Forbidden phrase"),
        icon="chat",
        intro=_("Words that no reply, message, template, e-mail or SMS may hold. Spaces, punctuation and vowel points "
                "are ignored. No handler can override them."),
        fields=("text", "advice"),
        columns=(Column(_("Phrase"), "text"), Column(_("What to do instead"), "advice")),
        ending=Ending.SWITCHED,
        search=("text", "advice"),
        hints={"advice": _("Shown to the employee with the refusal.")},
        checks=_phrase_says_something,
        consequences=lambda row: [gettext("The words may be sent to customers again.")],
    ),
    Table(
        key="feedback-statuses",
        screen=Screen.CODES,
        model=FeedbackStatus,
        label=_("Feedback statuses"),
        one=_("Feedback status"),
        icon="bell",
        intro=_("On entry to which statuses the inquirer is told by e-mail and SMS."),
        fields=("status", "is_on"),
        fixed=("status",),
        columns=(Column(_("Status"), "status"), Column(_("Notice is sent"), "is_on", Look.FLAG)),
        ending=Ending.NEVER,
        rows=_without_draft,
        can_add=False,
    ),
    Table(
        key="channels",
        screen=Screen.CODES,
        model=Channel,
        label=_("Channels"),
        one=_("Channel"),
        icon="inbox",
        intro=_("By which ways inquiries arrive. A new channel needs no code: routing, views and reports treat it as "
                "any other."),
        fields=("code", "name", "is_imported_only", "position"),
        fixed=("code", "is_imported_only"),
        columns=(
            Column(_("Name"), "name", sub="code"),
            Column(_("Imported only"), "is_imported_only", Look.FLAG, less=True),
            Column(_("Position"), "position", Look.NUMBER),
        ),
        ending=Ending.SWITCHED,
        search=("code", "name"),
        hints={"is_imported_only": _("A replaced system: nothing new is opened by it.")},
        checks=_name_is_free,
        ending_checks=_the_rules_need_it,
        consequences=lambda row: [gettext("Inquiries that came by it keep it; nothing new can be opened by it.")],
    ),
)  # fmt: skip


def register() -> None:
    """Give it all to the screens of administration."""
    registry.register(*TABLES)
    registry.extend("triplets", consequences=_open_on)
    registry.extend("teams", consequences=_stock_of)
    registry.extend("employees", consequences=_held_by)
    registry.name_timers(TIMER)
    registry.follow_clocks("refresh_sla_cache")
