"""Tell the fund's people of a claim that needs them now, by e-mail; what and where, never what is in it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise

from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import Claim


def alert(claim: Claim, title: Promise, *, at: datetime, key: str, **words: object) -> None:
    """Tell the managers and the clerk of a claim, in the transaction of what it tells of; once for a key."""
    asked = Q(role_grants__role=Role.COMPENSATION_MANAGER.value) | Q(pk=claim.clerk_id)
    to = f"/claims/{claim.number}/"
    tell(User.objects.filter(asked), title, number=claim.number, to=to, at=at, key=f"{key}:{claim.pk}", **words)


def tell(
    readers: Iterable[User], title: Promise, *, number: str, to: str, at: datetime, key: str, **words: object
) -> None:
    """Queue one e-mail to each reader who has an address."""
    for reader in {reader.pk: reader for reader in readers if reader.is_active and reader.email}.values():
        with translation.override(reader.language):
            said = str(title).format(**words)
        text = {"number": number, "title": said, "link": f"{settings.PORTAL_URL}{to}"}
        subject, body = render(Kind.CLAIM_ALERT, reader.language, text, channel=MessageChannel.EMAIL)
        outbox.put(
            Kind.CLAIM_ALERT.value, channel=MessageChannel.EMAIL, address=reader.email, subject=subject, body=body,
            dedupe_key=f"claim-alert:{key}:{reader.pk}", about=number, at=at,
        )  # fmt: skip
