"""
What the reports read: durations of each inquiry and figures of each day, worked out by a timer and kept.

None of it is the truth. The durations are computed from the history (`selectors.clocks`), the figures from them, and
both may be thrown away and worked out anew at any time (CRM-2.1.7-e).
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from routing.models import BusinessUnit, Team, Triplet

from .. import labels
from .correspondence import Message
from .inquiry import Inquiry


class InquiryMeasures(models.Model):
    """How one inquiry stood when it was last measured, and by what it is counted."""

    inquiry = models.OneToOneField(Inquiry, on_delete=models.CASCADE, primary_key=True, related_name="measures")
    version = models.PositiveIntegerField()  # of the inquiry that was measured; 0: measure it anew
    measured_at = models.DateTimeField()
    runs = models.BooleanField()  # the clock was running, so that the net time grows
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    unit = models.ForeignKey(BusinessUnit, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    triplet = models.ForeignKey(Triplet, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=32)  # a code
    status = models.CharField(max_length=32, choices=labels.STATUS)
    customer_kind = models.CharField(max_length=16, blank=True)
    inquirer = models.CharField(max_length=16, choices=labels.INQUIRER)
    file_type = models.CharField(max_length=8, blank=True)  # of the customer's file in the triplet's tax system
    customer_messages = models.PositiveIntegerField()
    net_seconds = models.PositiveBigIntegerField()
    target_hours = models.PositiveIntegerField(null=True)
    indicator = models.CharField(max_length=8, choices=labels.INDICATOR, blank=True)  # empty without a target

    class Meta:
        indexes = [
            models.Index(fields=["opened_on"], name="measures_opened"),
            models.Index(fields=["opened_at", "inquiry"], name="measures_over", condition=models.Q(indicator="over")),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.net_seconds}"


class AnswerTime(models.Model):
    """How long one answer of an employee took in business time (CRM-2-c)."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="+")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="+")
    answered_on = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    is_first = models.BooleanField()
    seconds = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["answered_on"], name="answer_time_day")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.seconds}"


class Dwell(models.Model):
    """How long a team (its queue), or an employee in it, had one inquiry, over all periods (CRM-2.1.7-d)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )  # empty: the time in the queue
    seconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "team", "employee"], name="dwell_once_a_holder", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.team_id} {self.seconds}"


class DailyFigure(models.Model):
    """How many of something there were on one day, in one team, triplet and channel; `rules.figures` says of what."""

    figure = models.CharField(max_length=16)  # rules.figures.Figure
    day = models.DateField()
    unit = models.ForeignKey(BusinessUnit, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    triplet = models.ForeignKey(Triplet, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=32)  # a code
    key = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField(default=0)  # seconds, where there are any

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "day", "unit", "team", "triplet", "channel", "key"],
                name="figure_once_a_day",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["day"], name="figure_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.figure} {self.key}: {self.count}"


class FiguresDay(models.Model):
    """A day whose figures no longer fit what was measured, until they are added up anew."""

    day = models.DateField(primary_key=True)
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)


class FiguresState(models.Model):
    """How fresh the figures are, and which days of the calendar changed since. There is one row."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    refreshed_at = models.DateTimeField(_("As of"), null=True)
    counted_by = models.CharField(max_length=120, blank=True)  # the options of the clock when it was last measured by
    changed_days = ArrayField(models.DateField(), default=list)  # declared or withdrawn, not yet measured anew

    class Meta:
        constraints = [models.CheckConstraint(name="figures_have_one_state", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.refreshed_at)
