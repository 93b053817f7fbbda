"""Where each daily figure comes from: one query a figure, over the inquiries measured and their history."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractHour, ExtractWeekDay, Least, TruncDate

from ..models import AnswerTime, Dwell, InquiryMeasures, Message, StatusHistory
from ..rules.codes import CLOSED, HistoryEvent, Status
from ..rules.figures import MANY_AT_MOST, Figure
from .moments import midnight

Rows = QuerySet[Any, dict[str, Any]]
Source = Callable[[Collection[date]], Rows]
NO_KEY = Value("", output_field=CharField())
_CLOSED = sorted(status.value for status in CLOSED)


def _text(expression: str | Combinable) -> Cast:
    return Cast(expression, CharField())


def _added_up(rows: QuerySet[Any], key: Combinable, total: Combinable | None = None, **place: Combinable) -> Rows:
    """Group by day, place and key; the names do not clash with fields of the model."""
    grouped = rows.values(d_key=key, **{f"d_{name}": field for name, field in place.items()})
    added_up = Value(0) if total is None else Sum(total)
    counted: Rows = grouped.annotate(d_count=Count("pk"), d_total=added_up).order_by()
    return counted


def _opened(key: Combinable, total: Combinable | None = None) -> Source:
    """The inquiries opened on these days, where they are now."""

    def rows(days: Collection[date]) -> Rows:
        found = InquiryMeasures.objects.filter(opened_on__in=days)
        return _added_up(
            found, key, total, day=F("opened_on"), unit=F("unit"), team=F("team"), triplet=F("triplet"),
            channel=F("channel"),
        )  # fmt: skip

    return rows


def _dwell(key: Combinable, **condition: bool) -> Source:
    """Who had the inquiries opened on these days, and for how long."""

    def rows(days: Collection[date]) -> Rows:
        found = Dwell.objects.filter(inquiry__measures__opened_on__in=days, **condition)
        measures = "inquiry__measures"
        grouped = _added_up(
            found, key, F("seconds"), day=F(f"{measures}__opened_on"), unit=F("team__unit"), team=F("team"),
            triplet=F(f"{measures}__triplet"), channel=F(f"{measures}__channel"),
        )  # fmt: skip
        once: Rows = grouped.annotate(d_count=Count("inquiry", distinct=True))
        return once

    return rows


def _happened(event: Q, key: Combinable, end: str = "to") -> Source:
    """What the history tells of these days, at the team it came to or (`end="from"`) was taken from."""

    def rows(days: Collection[date]) -> Rows:
        found = StatusHistory.objects.filter(
            event, at__gte=midnight(min(days)), at__lt=midnight(max(days) + timedelta(days=1))
        )
        found = found.annotate(on=TruncDate("at")).filter(on__in=days)
        return _added_up(
            found, key, day=F("on"), unit=F(f"{end}_unit"), team=F(f"{end}_team"), triplet=F("to_triplet"),
            channel=F("inquiry__channel"),
        )  # fmt: skip

    return rows


def _answered(**condition: bool) -> Source:
    def rows(days: Collection[date]) -> Rows:
        found = AnswerTime.objects.filter(answered_on__in=days, **condition)
        return _added_up(
            found, NO_KEY, F("seconds"), day=F("answered_on"), unit=F("team__unit"), team=F("team"),
            triplet=F("inquiry__measures__triplet"), channel=F("inquiry__measures__channel"),
        )  # fmt: skip

    return rows


def _began_from_template(days: Collection[date]) -> Rows:
    found = Message.objects.filter(
        template_version__isnull=False, inquiry__measures__isnull=False,
        sent_at__gte=midnight(min(days)), sent_at__lt=midnight(max(days) + timedelta(days=1)),
    ).annotate(on=TruncDate("sent_at"))  # fmt: skip
    measures = "inquiry__measures"
    return _added_up(
        found.filter(on__in=days), _text("template_version__template"), day=F("on"), unit=F(f"{measures}__unit"),
        team=F(f"{measures}__team"), triplet=F(f"{measures}__triplet"), channel=F(f"{measures}__channel"),
    )  # fmt: skip


def _routed(key: str, **condition: bool) -> Source:
    """The decisions on inquiries opened on these days, at the team that was decided."""

    def rows(days: Collection[date]) -> Rows:
        decision = "inquiry__routing_decision"
        found = InquiryMeasures.objects.filter(
            opened_on__in=days, **{f"{decision}__isnull": False},
            **{f"{decision}__{name}": value for name, value in condition.items()},
        )  # fmt: skip
        return _added_up(
            found, F(f"{decision}__{key}"), day=F("opened_on"), unit=F(f"{decision}__unit"),
            team=F(f"{decision}__team"), triplet=F("triplet"), channel=F("channel"),
        )  # fmt: skip

    return rows


_BY_AN_EMPLOYEE = Q(event__in=[HistoryEvent.FORWARD.value, HistoryEvent.ASSIGNMENT.value])
_TRANSFER = _BY_AN_EMPLOYEE & Q(from_team__isnull=False, to_team__isnull=False) & ~Q(from_team=F("to_team"))
_HAD_IT_BEFORE = Exists(
    StatusHistory.objects.filter(
        inquiry=OuterRef("inquiry"), to_team=OuterRef("to_team"), to_triplet=OuterRef("to_triplet"),
        pk__lt=OuterRef("pk"),
    )
)  # fmt: skip
_CLOSING = Q(to_status__in=_CLOSED) & ~Q(from_status__in=_CLOSED)

SOURCES: Mapping[Figure, Source] = MappingProxyType(
    {
        Figure.OPENED: _opened(F("status")),
        Figure.CUSTOMER_KIND: _opened(F("customer_kind")),
        Figure.INQUIRER: _opened(F("inquirer")),
        Figure.FILE_TYPE: _opened(F("file_type")),
        Figure.NET_TIME: _opened(F("indicator"), F("net_seconds")),
        Figure.MESSAGES: _opened(_text(Least("customer_messages", Value(MANY_AT_MOST)))),
        Figure.ARRIVAL: _opened(
            Concat(_text(ExtractWeekDay("opened_at")), Value("-"), _text(ExtractHour("opened_at")))
        ),
        Figure.DWELL: _dwell(NO_KEY),
        Figure.DWELL_EMPLOYEE: _dwell(_text("employee"), employee__isnull=False),
        Figure.CLOSED: _happened(_CLOSING, F("to_status")),
        Figure.SYSTEM_CLOSURE: _happened(
            _CLOSING & Q(to_status=Status.CLOSED_BY_SYSTEM.value), F("closing_reason")
        ),
        Figure.TRANSFER: _happened(_TRANSFER, _text("to_team"), end="from"),
        Figure.RETURN: _happened(_TRANSFER & Q(_HAD_IT_BEFORE), _text("to_team"), end="from"),
        Figure.CORRECTION: _happened(Q(event=HistoryEvent.TRIPLET_CHANGE.value), _text("from_triplet")),
        Figure.WRONG_TRIPLET: _happened(
            _CLOSING & Q(to_status=Status.CLOSED_NO_TREATMENT.value, inquiry__closed_with_wrong_triplet=True), NO_KEY
        ),
        Figure.FIRST_ANSWER: _answered(is_first=True),
        Figure.ANSWER: _answered(),
        Figure.TEMPLATE: _began_from_template,
        Figure.ROUTED: _routed("rule"),
        Figure.FALLBACK: _routed("cause", is_fallback=True),
    }
)  # fmt: skip
