"""The templates that ship with the portal: the one of CRM-6.6-d, and two examples of 2.2.5."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models.functions import Now

from routing.models import Triplet
from routing.services.reference import Loaded

from ..models import ResponseTemplate, TemplateVersion
from ..rules.codes import TemplateState


def shipped_templates(rows: Sequence[Mapping[str, Any]]) -> Loaded:
    """
    Create the templates that are not there, for all units; what the department made of the others is left.

    The examples wait for the department's approval: their link has to be filled first.
    """
    there = set(ResponseTemplate.objects.exclude(code="").values_list("code", flat=True))
    new = [row for row in rows if row["code"] not in there]
    for row in new:
        approved_at = Now() if row["state"] == TemplateState.APPROVED.value else None
        template = ResponseTemplate.objects.create(
            code=row["code"],
            title=row["title"],
            text=row["text"],
            state=row["state"],
            created_at=Now(),
            updated_at=Now(),
            decided_at=approved_at,
        )
        template.triplets.set(Triplet.objects.filter(code__in=row["triplets"]))
        TemplateVersion.objects.create(
            template=template,
            number=template.version,
            title=template.title,
            text=template.text,
            scope={"unit": "", "team": "", "triplets": row["triplets"]},
            written_at=Now(),
            approved_at=approved_at,
        )
    return Loaded(created=len(new), kept=len(rows) - len(new))
