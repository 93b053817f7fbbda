"""What an employee writes to the customer, and the template it began from (2.2.5, 6.4, 6.5)."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, refuse

from ..models import Inquiry, ResponseTemplate, TemplateVersion
from ..rules import wording
from ..rules.fields import is_filled
from ..selectors.templates import titles_on, usable_on
from .phrases import forbidden_in


@dataclass(frozen=True, slots=True)
class Writing:
    """A reply or a message as it is sent."""

    text: str
    field: str = "reply"  # where a refusal stands
    version: TemplateVersion | None = None
    thin_confirmed: bool = False


def using(inquiry: Inquiry, template_id: int | None) -> TemplateVersion | None:
    """
    The approved version of a template that may be used on the inquiry; its edit waits until the reply is sent.

    :raises Refused: TEMPLATE_NOT_APPROVED, also for one of another unit, team or triplet
    """
    if template_id is None:
        return None
    with connection.cursor() as cursor:  # shared, so that two who use one template do not wait for each other
        table = connection.ops.quote_name(ResponseTemplate._meta.db_table)
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [template_id])  # noqa: S608 - our own table
    template = usable_on(inquiry).filter(pk=template_id).first()
    if template is None:
        raise refuse(Code.TEMPLATE_NOT_APPROVED, "template", clause="CRM-2.2.5-b")
    return TemplateVersion.objects.get(template=template, number=template.version)


def facts_of(inquiry: Inquiry, writing: Writing | None) -> dict[str, Any]:
    """What the guards judge a text by: a forbidden phrase, and whether it says enough."""
    if writing is None or not is_filled(writing.text):
        return {}
    phrase = forbidden_in(writing.text)
    longest = ResponseTemplate._meta.get_field("title").max_length or 0
    titles = titles_on(inquiry) if len(writing.text) <= 2 * longest else []
    return {
        "forbidden_phrase": phrase.text if phrase else "",
        "forbidden_advice": phrase.advice if phrase else "",
        "written_in": writing.field,
        "reply_is_thin": wording.is_thin(writing.text, titles=titles, least=configured(options.MIN_REPLY_LENGTH)),
        "thin_reply_confirmed": writing.thin_confirmed,
    }
