"""The claimant's documents: into quarantine, on a line of the checklist or in answer to a demand (CMP-4.7.2-g)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.files.services.receiving import receive
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, ClaimDocument, DetailsRequest
from ..rules.documents import MOST_BYTES
from ..selectors import drafts
from . import details, drafting

ON_DEMAND = "on_demand"
ENDINGS = ("pdf", "xlsx", "csv", "jpg", "jpeg", "png")


@command("claim.upload")
def upload(
    *,
    claim_id: int,
    requirement: str,
    year: int | None,
    upload: UploadedFile | None,
    is_certified: bool,
    by: User,
    at: datetime,
) -> ClaimDocument:
    """
    Take a document for a line of the checklist of a draft.

    :raises Refused: no such line, no file, a line that wants a certified one, or a file that is not accepted
    """
    claim = drafting.own_draft(claim_id, by, at)
    items = drafts.checklist_of(claim, drafts.programme_of_claim(claim, day_of(at)))
    item = next((one for one in items if one.key == (requirement, year)), None)
    if item is None:
        raise refuse(Code.INVALID_VALUE, "requirement", clause="CMP-4.7.2-g")
    if item.is_certified and not is_certified:
        raise refuse(Code.CONFIRMATION_REQUIRED, "is_certified", clause="CMP-4.7.2-a")
    return take(claim, upload, requirement=requirement, year=year, is_certified=is_certified, by=by, at=at)


def take(
    claim: Claim,
    upload: UploadedFile | None,
    *,
    by: User,
    at: datetime,
    requirement: str = ON_DEMAND,
    year: int | None = None,
    is_certified: bool = False,
    details_request: DetailsRequest | None = None,
) -> ClaimDocument:
    """
    Receive one file of a locked claim.

    :raises Refused: FIELD_REQUIRED without a file, FILE_REJECTED for one that is not accepted
    """
    if upload is None:
        raise refuse(Code.FIELD_REQUIRED, "files", clause="CMP-4.7.2-g")
    name = upload.name or ""
    if name.rpartition(".")[2].lower() not in ENDINGS or (upload.size or 0) > MOST_BYTES:
        reason = f"{', '.join(ENDINGS)}, {MOST_BYTES // 1024 // 1024} MB"
        raise refuse(Code.FILE_REJECTED, "files", clause="CMP-4.7.2-g", name=name, reason=reason)
    document = ClaimDocument.objects.create(
        claim=claim,
        requirement=requirement,
        year=year,
        is_certified=is_certified,
        file=receive(upload=upload, by=by, at=at),
        details_request=details_request,
        uploaded_by=by,
        uploaded_at=at,
    )
    what = {"document": document.pk, "requirement": requirement, "file": document.file.name}
    record("claim.upload", by=by, at=at, target=claim, after=what)
    return document


@command("claim.remove_document")
def remove(*, document_id: int, by: User, at: datetime) -> ClaimDocument:
    """
    Take a document out of a draft; the file itself stays.

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once the claim is filed
    """
    claim_id = ClaimDocument.objects.filter(pk=document_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = drafting.own_draft(claim_id, by, at)
    document = ClaimDocument.objects.get(pk=document_id)
    if document.removed_at is None:
        document.removed_at = at
        document.save(update_fields=["removed_at"])
        record("claim.remove_document", by=by, at=at, target=claim, before={"document": document.pk})
    return document


@command("claim.answer_demand")
def answer_demand(
    *, request_id: int, text: str, files: Sequence[UploadedFile], by: User, at: datetime
) -> DetailsRequest:
    """
    Answer a demand for details, with any number of files, all of it or nothing (CMP-8.4.2-a).

    :raises Refused: OUT_OF_SCOPE, an empty answer, one that was found complete already, a file that is not accepted
    """
    demand = DetailsRequest.objects.filter(pk=request_id).first()
    if demand is None:
        raise refuse(Code.OUT_OF_SCOPE)
    claim = drafting.own(demand.claim_id, by, at)
    for file in files:
        take(claim, file, details_request=demand, by=by, at=at)
    return details.answer_details(request_id=demand.pk, by=by, at=at, text=text, claims=[claim.pk])
