"""Appeals to the committee and to the District Court (clause 10): what the fund records of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm_portal.files.models import StoredFile

from .. import labels
from ..rules.codes import AppealState
from .claims import Claim
from .decisions import Decision
from .objections import Objection

COPIES = 4  # CMP-10.2-a


class Appeal(models.Model):
    """An appeal against the decision on an objection, and the further appeal on a question of law."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="appeal")
    state = models.CharField(max_length=20, choices=labels.APPEAL_STATE, default=AppealState.FILED.value)
    number = models.CharField(max_length=40, blank=True)  # the committee's
    grounds = models.TextField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    # The record's checklist (CMP-10.2-a).
    copies = models.PositiveSmallIntegerField()
    has_all_attachments = models.BooleanField()
    lawyer = models.CharField(max_length=120, blank=True)  # empty: in person
    # The committee (CMP-10.1-a).
    decided_on = models.DateField(null=True, blank=True)
    decision_text = models.TextField(blank=True)
    served_on = models.DateField(null=True, blank=True)
    court_until = models.DateField(null=True, blank=True)  # 30 days of the service (CMP-10.3-c)
    result = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The District Court (CMP-10.3-a).
    court_number = models.CharField(max_length=40, blank=True)
    court_filed_on = models.DateField(null=True, blank=True)
    legal_question = models.TextField(blank=True)
    attorney_copy_on = models.DateField(null=True, blank=True)  # the district attorney's, with the filing
    court_decided_on = models.DateField(null=True, blank=True)
    court_text = models.TextField(blank=True)
    court_result = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["filed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="appeal_record_is_complete", condition=Q(copies__gte=COPIES, has_all_attachments=True)
            ),
            models.CheckConstraint(
                name="appeal_is_decided_with_its_service",
                condition=Q(state=AppealState.FILED.value)
                | Q(decided_on__isnull=False, served_on__isnull=False, court_until__isnull=False),
            ),
            models.CheckConstraint(
                name="court_appeal_is_copied_on_its_day",
                condition=Q(court_filed_on__isnull=True)
                | (
                    Q(attorney_copy_on__isnull=False, attorney_copy_on__lte=F("court_filed_on")) & ~Q(legal_question="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.state}"


class AppealHearing(models.Model):
    """A day on which the committee hears the appeal."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="hearings")
    on = models.DateField()
    place = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["appeal", "on"], name="appeal_heard_once_a_day")]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.on}"


class AppealFile(models.Model):
    """A document of an appeal: the grounds' attachments, or a lawyer's power of attorney."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="appeal_file")
    is_power_of_attorney = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.file_id}"
