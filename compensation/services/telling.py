"""Tell a claimant of what is no part of a claim: there is no notice to serve, so the message goes by itself."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render

from ..models import Claimant

_LETTERS = {"advance": "ADV", "filing_extension": "EXT", "eligibility_check": "CHK"}


def reference(what: str, pk: int) -> str:
    """What a request is called in messages."""
    return f"{_LETTERS[what]}-{pk:05d}"


def tell_claimant(claimant: Claimant, title: Promise, *, about: str, at: datetime) -> None:
    """Queue an e-mail and an SMS to the address for service, in the transaction of what they tell of."""
    user = claimant.customer.user
    language = user.language if user is not None else settings.LANGUAGE_CODE
    with translation.override(language):
        words = {"number": about, "title": str(title), "link": f"{settings.PORTAL_URL}/compensation/requests/"}
    for channel, address in ((MessageChannel.EMAIL, claimant.email), (MessageChannel.SMS, claimant.mobile)):
        if address:
            subject, body = render(Kind.REQUEST_NOTICE, language, words, channel=channel)
            outbox.put(
                Kind.REQUEST_NOTICE.value, channel=channel, address=address, subject=subject, body=body,
                dedupe_key=f"request:{about}:{at.isoformat()}:{channel.value}", about=about, at=at,
            )  # fmt: skip
