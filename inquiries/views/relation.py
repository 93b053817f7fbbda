"""The relation between an office and a customer, shown before anything is opened (N3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.sentences import sentences

from ..forms.portal import NewInquiryForm, OfficeInquiryForm
from ..services import opening


@dataclass(frozen=True, slots=True)
class Relation:
    """What a check found, or why there is none and what may be done instead."""

    found: Mapping[str, object] | None = None
    refused: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)


def relation_of(form: NewInquiryForm, user: User, at: datetime) -> Relation | None:
    """Check the relation that a form names; None while it does not name enough."""
    if not isinstance(form, OfficeInquiryForm) or not form.may_be_checked:
        return None
    try:
        return Relation(found=opening.check_relation(by=user, at=at, **form.relation()))
    except Refused as refused:
        return Relation(refused=sentences(refused), offers=offers_of(refused))


def offers_of(refused: Refused) -> list[str]:
    """The ways on that a refusal names: `own_name`, `poa_request`."""
    return [str(one.details["offer"]) for one in refused.refusals if "offer" in one.details]
