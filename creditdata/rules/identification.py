"""How a person is identified by regulation 62, and who may stand for him in a review (regulations 52, 53)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .codes import IdentificationMethod, ReviewMode, SubmissionChannel, Verifier
from .reasons import Reason

METHOD_OF: Mapping[str, IdentificationMethod] = MappingProxyType(  # the pairs of CRD-62-b
    {
        SubmissionChannel.OFFICE: IdentificationMethod.IDENTITY_CARD,
        SubmissionChannel.ELECTRONIC_MESSAGE: IdentificationMethod.CERTIFIED_SIGNATURE,
        SubmissionChannel.POST: IdentificationMethod.VERIFIED_BY_THIRD_PARTY,
    }
)
_SIGNATURE = "SIGNATURE"


@dataclass(frozen=True, slots=True)
class Offered:
    """How somebody was identified, in the words he was recorded with; not all of them are among those allowed."""

    channel: str
    method: str
    verifier: str | None = None
    procedure_version: str | None = None  # the Registrar's procedure by which the postal-bank clerk verified


def identification_refusal(offered: Offered) -> Refusal | None:
    """Why this is not an identification by regulation 62; None when it is (CRD-62-b, c)."""
    fitting = METHOD_OF.get(offered.channel)
    if offered.method != fitting:
        is_signature = fitting is IdentificationMethod.CERTIFIED_SIGNATURE and offered.method.endswith(_SIGNATURE)
        code = Reason.ID_SIGNATURE_NOT_CERTIFIED if is_signature else Reason.ID_METHOD_CHANNEL_MISMATCH
        return Refusal(code, ("method",), clause="CRD-62-b")
    if fitting is not IdentificationMethod.VERIFIED_BY_THIRD_PARTY:
        return None
    if offered.verifier not in set(Verifier):
        return Refusal(Reason.ID_VERIFIER_NOT_ALLOWED, ("verifier",), clause="CRD-62-b")
    if offered.verifier == Verifier.POSTAL_BANK_CLERK and not (offered.procedure_version or "").strip():
        return Refusal(Reason.ID_PROCEDURE_MISSING, ("procedure_version",), clause="CRD-62-c")
    return None


@dataclass(frozen=True, slots=True)
class ShownCard:
    """An identity card that was shown; a passport for whoever has no other number (CRD-62-d)."""

    number: str
    issued_on: date | None


def card_refusals(card: ShownCard, expected_number: str, on: date) -> Iterator[Refusal]:
    """What is wrong with the card: its number and issue date are recorded, and the number is that of the request."""
    if not card.number:
        yield Refusal(Reason.FIELD_MISSING, ("card_number",), clause="CRD-62-d")
    elif card.number != expected_number:
        yield Refusal(Reason.ID_NUMBER_INVALID, ("card_number",), clause="CRD-62-d")
    if card.issued_on is None:
        yield Refusal(Reason.FIELD_MISSING, ("card_issued_on",), clause="CRD-62-d")
    elif card.issued_on > on:
        yield Refusal(Reason.DATE_IN_FUTURE, ("card_issued_on",), clause="CRD-62-d")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certified electronic signature as it is kept: whose, by whom, from when until when, of which content."""

    serial: str
    issuer: str
    id_number: str
    valid_from: date | None
    valid_until: date | None
    content_hash: str


def certificate_refusals(kept: Certificate, expected_number: str, content_hash: str, on: date) -> Iterator[Refusal]:
    """What is wrong with the signature: expired, of another person, or of another content (CRD-62-e)."""
    for name in ("serial", "issuer", "content_hash"):
        if not getattr(kept, name):
            yield Refusal(Reason.FIELD_MISSING, (name,), clause="CRD-62-e")
    if kept.valid_from is None or kept.valid_until is None or not kept.valid_from <= on <= kept.valid_until:
        yield Refusal(Reason.ID_SIGNATURE_NOT_CERTIFIED, ("valid_until",), clause="CRD-62-e")
    if kept.id_number != expected_number:
        yield Refusal(Reason.ID_SIGNATURE_NOT_CERTIFIED, ("id_number",), clause="CRD-62-e")
    if kept.content_hash and kept.content_hash != content_hash:
        yield Refusal(Reason.ID_SIGNATURE_NOT_CERTIFIED, ("content_hash",), clause="CRD-62-e")


def authorisation_refusal(*, is_lawyer: bool, is_notarised: bool, is_verified_by_himself: bool) -> Refusal | None:
    """Why an authorisation to review is refused: verified by a notary, or by the very lawyer it was given to."""
    if is_notarised or (is_lawyer and is_verified_by_himself):
        return None
    return Refusal(Reason.REP_AUTH_NOT_VERIFIED, ("verified_by",), clause="CRD-52-b")


def mode_refusal(mode: ReviewMode, *, has_certified_signature: bool, is_identified: bool) -> Refusal | None:
    """Why a review cannot be given in this way (CRD-53-a)."""
    if mode is ReviewMode.ELECTRONIC and not has_certified_signature:
        return Refusal(Reason.CERT_SIGNATURE_REQUIRED, ("mode",), clause="CRD-53-a")
    if mode is ReviewMode.REGISTERED_POST and not is_identified:
        return Refusal(Code.IDENTIFICATION_REQUIRED, ("mode",), clause="CRD-53-a")
    return None
