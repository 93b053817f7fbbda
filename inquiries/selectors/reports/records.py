"""The inquiries behind a report, for whoever may also see them one by one; and those past their target."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_portal.people.labels import CUSTOMER_KIND

from ... import labels
from ...models import Channel, Inquiry, InquiryMeasures
from ...rules.access import Action
from ...rules.clock import Indicator
from ..visibility import visible_to
from .question import Question
from .shapes import Cell, Column, Kind

# No name, number or address of a customer: an export is read outside the portal, where nobody sees who reads.
COLUMNS = (
    Column(_("Inquiry number"), Kind.TEXT),
    Column(_("Opened"), Kind.DAY),
    Column(_("Channel"), Kind.TEXT),
    Column(_("Business unit"), Kind.TEXT),
    Column(_("Handling team"), Kind.TEXT),
    Column(_("Tax system"), Kind.TEXT),
    Column(_("Main topic"), Kind.TEXT),
    Column(_("Sub topic"), Kind.TEXT),
    Column(_("Topic detail"), Kind.TEXT),
    Column(_("Status"), Kind.TEXT),
    Column(_("Kind of customer"), Kind.TEXT),
    Column(_("Who opened"), Kind.TEXT),
    Column(_("Type of file"), Kind.TEXT),
    Column(_("Messages of the customer")),
    Column(_("Net time"), Kind.TIME),
    Column(_("Target"), Kind.TIME),
    Column(_("Against the target"), Kind.TEXT),
)
PORTION = 2_000  # rows read at a time
_NUMBER = F("inquiry__number")


def records_of(question: Question) -> QuerySet[InquiryMeasures]:
    """What was opened in the period, in reach of the report, and visible to the asker as a list is (CRM-2.2.2-a)."""
    rows = InquiryMeasures.objects.filter(
        question.narrowed(), opened_on__gte=question.since, opened_on__lte=question.until
    )
    if not question.user.may(Action.VIEW):
        return rows.none()
    return rows.filter(inquiry__in=visible_to(question.user).values("pk"))


def past_target(question: Question) -> QuerySet[Inquiry]:
    """The inquiries of the report that went past their target (CRM-2.1.7-f)."""
    over = records_of(question).filter(indicator=Indicator.OVER.value)
    return Inquiry.objects.filter(pk__in=over.values("pk"))


def as_breaches(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """With what the list of those past their target shows."""
    return rows.select_related("triplet__tax_system", "handling_team", "measures")


def cells_of(rows: QuerySet[InquiryMeasures]) -> Iterator[list[Cell]]:
    """One line for each inquiry, read in portions."""
    channels = dict(Channel.objects.values_list("code", "name"))
    statuses, kinds = dict(labels.STATUS), dict(CUSTOMER_KIND)
    inquirers, indicators = dict(labels.INQUIRER), dict(labels.INDICATOR)
    read = rows.select_related("unit", "team", "triplet__tax_system").order_by("opened_at", "pk")
    found = read.annotate(number=_NUMBER).iterator(chunk_size=PORTION)
    for row in found:
        yield [
            row.number,
            timezone.localdate(row.opened_at),
            channels.get(row.channel, row.channel),
            str(row.unit or ""),
            row.team.name if row.team else "",
            str(row.triplet.tax_system),
            row.triplet.main_topic,
            row.triplet.sub_topic,
            row.triplet.detail,
            statuses[row.status],
            kinds.get(row.customer_kind, ""),
            inquirers[row.inquirer],
            row.file_type,
            row.customer_messages,
            row.net_seconds,
            None if row.target_hours is None else timedelta(hours=row.target_hours).total_seconds(),
            indicators.get(row.indicator, ""),
        ]
