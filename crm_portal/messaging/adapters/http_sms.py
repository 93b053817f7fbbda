"""SMS by a gateway that takes JSON over HTTP."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from ..models import Notification
from ..recipients import Enclosure
from .failures import Fault, NotDelivered

# Refused now, or refused because of our own credentials: the message itself is not to blame.
_NOT_FOR_GOOD = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,  # the gateway is at work on the same key
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}


class _NoRedirect(HTTPRedirectHandler):
    """A redirected POST would become a GET that sends nothing and answers 200."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def send(message: Notification, _enclosures: Sequence[Enclosure] = ()) -> None:
    """
    Post one SMS. The Idempotency-Key is the row's id, so the gateway sends a repetition only once.

    :raises NotDelivered: when the gateway refuses it or does not answer
    """
    request = Request(  # noqa: S310 - the address is the operator's setting, not a person's
        settings.SMS_GATEWAY_URL,
        data=json.dumps({"to": message.address, "from": settings.SMS_SENDER, "text": message.body}).encode(),
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
            "Idempotency-Key": str(message.pk),
        },
    )
    try:
        with build_opener(_NoRedirect).open(request, timeout=settings.SMS_TIMEOUT):
            pass
    except HTTPError as answer:
        answer.close()
        for_good = 400 <= answer.code < 500 and answer.code not in _NOT_FOR_GOOD
        raise NotDelivered(Fault.MESSAGE if for_good else Fault.PROVIDER, f"HTTP {answer.code}") from answer
    except (OSError, HTTPException) as silence:
        raise NotDelivered(Fault.UNREACHABLE, f"{type(silence).__name__}: {silence}") from silence
