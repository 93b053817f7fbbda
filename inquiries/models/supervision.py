"""What coordinators and managers keep: the daily follow-up and the quality of answers (3.4, 2.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from routing.models import Team

from .correspondence import Message
from .inquiry import Inquiry

GRADES = [(grade, str(grade)) for grade in range(1, 6)]  # 1: poor, 5: excellent


class DailyFollowUp(models.Model):
    """A team's follow-up on one working day: the list that was sent, and who confirmed it (CRM-3.4-g)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)
    assigned_count = models.PositiveIntegerField(default=0)  # assigned and untreated when the list was sent
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "team"]
        constraints = [
            models.UniqueConstraint(fields=["team", "day"], name="follow_up_once_a_day"),
            models.CheckConstraint(
                name="follow_up_is_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.day}"


class QualityReview(models.Model):
    """A manager's grade of an answer; the customer never sees it (CRM-2-c)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="quality_reviews")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    grade = models.PositiveSmallIntegerField(_("Grade"), choices=GRADES)
    remark = models.TextField(_("Remark"), blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("Quality review"), _("Quality reviews")
        ordering = ["-reviewed_at", "-id"]
        constraints = [
            models.CheckConstraint(name="quality_grade_is_1_to_5", condition=Q(grade__gte=1, grade__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.grade}"
