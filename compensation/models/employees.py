"""The calculation sheet of a wage claim, and what its employees declare about their days (clauses 3.3.1 and 3.4.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from .. import labels
from ..rules.codes import Answer, InvitationKind, NotCountedReason
from .claims import Claim

SALT = "compensation.declaration"
_CLOSED = ["DRAFT", "REJECTED", "WITHDRAWN"]


class EmployeeRowQuerySet(models.QuerySet["EmployeeRow"]):
    def listed(self) -> "EmployeeRowQuerySet":
        """Those that the employer did not remove."""
        return self.filter(removed_at__isnull=True)

    def undeclared(self) -> "EmployeeRowQuerySet":
        """Those whose declaration the claim still waits for, or who dispute a day (CMP-3.4.2-d)."""
        return self.listed().filter(declared_at__isnull=True)


class EmployeeRow(models.Model):
    """One absent employee of a claim; of a self-employed claimant, himself."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="employees")
    id_number = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    mobile = models.CharField(max_length=10, blank=True)  # 05X and 7 digits; a self-employed claimant needs none
    town = models.CharField(max_length=80)  # of residence, canonical
    full_time_daily_hours = models.DecimalField(max_digits=4, decimal_places=2)
    scheduled_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)  # of a part-time post
    usually_works_rest_days = models.BooleanField(default=False)  # declared (CMP-3.2.1-b)
    role = models.CharField(max_length=8, choices=labels.KIBBUTZ_ROLE, blank=True)  # CMP-3.3.2-a
    branch = models.CharField(max_length=12, choices=labels.KIBBUTZ_BRANCH, blank=True)
    wage_paid = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)  # ILS (CMP-3.1-d)
    paid_from = models.DateField(null=True, blank=True)
    paid_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True, blank=True)  # every day confirmed, and unchanged since
    disputed_at = models.DateTimeField(null=True, blank=True)  # returned to the employer (CMP-3.4.2-c)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removal_reason = models.TextField(blank=True)

    objects = EmployeeRowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "id_number"], name="employee_once_in_a_claim", condition=Q(removed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="employee_declared_or_disputes",
                condition=Q(declared_at__isnull=True) | Q(disputed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="employee_is_removed_with_a_reason",
                condition=Q(removed_at__isnull=True) | (Q(removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["id_number"], name="employee_of_any_claim")]

    def __str__(self) -> str:
        return self.name


class AbsenceDayQuerySet(models.QuerySet["AbsenceDay"]):
    def claimed(self) -> "AbsenceDayQuerySet":
        """Days that some filed claim asks compensation for, which was neither rejected nor withdrawn."""
        return self.filter(
            row__removed_at__isnull=True, row__claim__submitted_at__isnull=False, reason_not_counted=""
        ).exclude(row__claim__state__in=_CLOSED)


class AbsenceDay(models.Model):
    """One date on which an employee was absent: how long, on which ground, and what the employee says of it."""

    row = models.ForeignKey(EmployeeRow, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    absent_hours = models.DecimalField(max_digits=4, decimal_places=2)
    ground = models.CharField(max_length=24, choices=labels.ABSENCE_GROUND, blank=True)
    facts = models.JSONField(default=dict, blank=True)  # of the ground, by the names of the engine's inputs
    child_id = models.CharField(max_length=9, blank=True)  # the other parent is looked for by it (CMP-3.2.2.2-f)
    reason_not_counted = models.CharField(max_length=24, choices=labels.NOT_COUNTED_REASON, blank=True)
    answer = models.CharField(max_length=10, choices=labels.ANSWER, blank=True)  # the employee's; empty: none yet

    objects = AbsenceDayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["row", "on"], name="day_once_an_employee"),  # CMP-3.2.1-e
            models.CheckConstraint(
                name="day_has_hours_of_a_day", condition=Q(absent_hours__gte=0, absent_hours__lte=24)
            ),
        ]
        indexes = [
            models.Index(fields=["on", "row"], name="absence_on_a_day"),
            models.Index(fields=["child_id", "on"], name="absence_for_a_child", condition=~Q(child_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.on}"

    @property
    def is_disputed(self) -> bool:
        return self.answer == Answer.DISPUTED

    @property
    def is_rest_day(self) -> bool:
        return self.reason_not_counted == NotCountedReason.REST_DAY


class Invitation(models.Model):
    """
    One message by which an employee was asked to declare: a link and a code, both kept as hashes (CMP-3.4.2-b).

    The latest one of an employee opens; those before it say that a newer message was sent.
    """

    row = models.ForeignKey(EmployeeRow, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(max_length=12, choices=labels.INVITATION_KIND)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["row", "sent_at"], name="invitation_of_employee")]

    def __str__(self) -> str:
        return f"{self.row_id}: {InvitationKind(self.kind)} {self.sent_at:%Y-%m-%d}"

    def opens_with(self, id_number: str, code: str) -> bool:
        """Whether these are the number that the employer gave and the code that was sent to it."""
        return constant_time_compare(self.code_hash, self.hashed(id_number, code))

    @staticmethod
    def hashed(id_number: str, code: str) -> str:
        """The hash of a code bound to an identity number; without the server's key it says nothing."""
        return salted_hmac(SALT, f"{id_number}:{code}", algorithm="sha256").hexdigest()

    @staticmethod
    def token_hashed(token: str) -> str:
        """What is kept of a link."""
        return salted_hmac(f"{SALT}.token", token, algorithm="sha256").hexdigest()


class EmployeeDeclaration(models.Model):
    """What an employee declared, with the time, the address and the text. A migration makes it append-only."""

    row = models.ForeignKey(EmployeeRow, on_delete=models.PROTECT, related_name="declarations")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="declaration")
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    text = models.TextField()  # as the employee read it
    answers = models.JSONField()  # {"2023-10-08": {"hours": "8.40", "answer": "CONFIRMED"}, ...}
    remark = models.TextField(blank=True)  # why a day is disputed

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.at:%Y-%m-%d}"
