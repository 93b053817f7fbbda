"""How a representative stands to an inquiry: what was declared, marked and checked (6.6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from crm_portal.files.rules.states import SanitisationState
from routing.rules.codes import TaxSystemCode

from ..models import Attachment, ComputerisedFileEntry, Inquiry, OwnNameMark, RepresentationCheck
from ..rules.codes import AttachmentDirection, RepresentationGround


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an inquiry that a representative opened in his own name; nothing for any other."""

    is_own_name: bool = False
    is_real_estate: bool = False
    declared_client: bool = False
    mark: OwnNameMark | None = None  # in force
    check: RepresentationCheck | None = None  # the latest

    @property
    def is_about_client(self) -> bool:
        """By his own declaration, or because a handler marked it."""
        return self.declared_client or self.mark is not None

    @property
    def is_marked(self) -> bool:
        """Outside real estate: nothing but the closing with the named reason is left (CRM-6.6-c)."""
        return self.is_about_client and not self.is_real_estate

    @property
    def needs_check(self) -> bool:
        """In real estate: a representation check belongs to this inquiry (CRM-6.6-i)."""
        return self.is_about_client and self.is_real_estate

    @property
    def lacks_check(self) -> bool:
        """No check was made, or it found no representation: no answer may be given."""
        return self.needs_check and (self.check is None or self.check.ground == RepresentationGround.NONE.value)

    @property
    def is_blocked(self) -> bool:
        """Whether neither an answer nor data may go out."""
        return self.is_marked or self.lacks_check


def standing_of(inquiry: Inquiry) -> Standing:
    """How things stand; at most two queries, and none for an inquiry that nobody opened in his own name."""
    if not inquiry.is_own_name:
        return Standing()
    in_real_estate = inquiry.triplet is not None and inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE
    checks = RepresentationCheck.objects.filter(inquiry=inquiry).select_related("attachment__file", "checked_by")
    marks = OwnNameMark.objects.filter(inquiry=inquiry, removed_at=None).select_related("marked_by")
    return Standing(
        is_own_name=True,
        is_real_estate=in_real_estate,
        declared_client=bool(inquiry.concerns_client),
        mark=marks.first(),
        check=checks.order_by("-checked_at", "-id").first() if in_real_estate else None,
    )


def powers_attached(inquiry: Inquiry) -> list[Attachment]:
    """The customer-side files that may be chosen as the power of attorney: those that passed the checks."""
    return list(
        Attachment.objects.filter(
            inquiry=inquiry,
            direction=AttachmentDirection.INBOUND.value,
            file__state=SanitisationState.CLEAN.value,
        ).select_related("file")
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """How far an inquiry has come into the computerised file (CRM-6.6-j)."""

    written: int
    waiting: int
    failed_attempts: int
    last_written_at: datetime | None
    next_attempt_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether the computerised file did not take something yet."""
        return self.waiting > 0 and self.failed_attempts > 0


def filing_of(inquiry: Inquiry) -> Filing:
    """The state of the entries of one inquiry, in one query."""
    waiting = Q(written_at=None)
    found = ComputerisedFileEntry.objects.filter(inquiry=inquiry).aggregate(
        written=Count("pk", filter=~waiting),
        waiting=Count("pk", filter=waiting),
        failed_attempts=Max("attempts", filter=waiting, default=0),
        last_written_at=Max("written_at"),
        next_attempt_at=Min("next_attempt_at"),
    )
    return Filing(**found)
