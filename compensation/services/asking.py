"""Ask a question about a claim: an inquiry like any other, tied to the claim (CMP-8.3-a)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.people.rules.roles import UserKind
from inquiries.models import Inquiry
from inquiries.services import opening
from routing.models import Triplet

from ..models import ClaimInquiry
from . import drafting

TRIPLET = "fund-claim-status"  # the fund's own topic, in `routing`


@command("claim.ask")
def ask(
    *, claim_id: int, text: str, files: Sequence[UploadedFile], submission_key: str, by: User, at: datetime
) -> Inquiry:
    """
    Open an inquiry of the claimant, or of his representative for him, and tie it to the claim.

    :raises Refused: OUT_OF_SCOPE for a claim of somebody else, or whatever the inquiry is refused for
    """
    claim = drafting.own(claim_id, by, at)
    triplet = Triplet.objects.filter(code=TRIPLET).first()
    if triplet is None:
        raise refuse(Code.TRIPLET_INVALID, clause="CMP-8.3-a")
    about = f"{claim.number}\n{text.strip()}" if text.strip() else ""
    if by.kind == UserKind.REPRESENTATIVE.value:
        inquiry = opening.open_by_representative(
            by=by,
            at=at,
            triplet_id=triplet.pk,
            description=about,
            files=files,
            submission_key=submission_key,
            customer_id_number=claim.claimant.customer.id_number,
        )
    else:
        inquiry = opening.open_by_customer(
            by=by, at=at, triplet_id=triplet.pk, description=about, files=files, submission_key=submission_key
        )
    ClaimInquiry.objects.get_or_create(inquiry=inquiry, defaults={"claim": claim})
    record("claim.ask", by=by, at=at, target=claim, after={"inquiry": inquiry.number})
    return inquiry
