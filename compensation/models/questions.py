"""Inquiries that were opened from a claim's page: a thread for each claim (CMP-8.3-a)."""

from django.db import models

from inquiries.models import Inquiry

from .claims import Claim


class ClaimInquiry(models.Model):
    """One inquiry about one claim; the inquiry itself is the inquiries' own."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="questions")
    inquiry = models.OneToOneField(Inquiry, on_delete=models.PROTECT, related_name="claim_question")

    class Meta:
        verbose_name_plural = "claim inquiries"

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.inquiry_id}"
