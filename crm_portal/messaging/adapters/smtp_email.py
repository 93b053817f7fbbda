"""E-mail by Django's mail backend."""

from collections.abc import Sequence
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage

from ..models import Notification
from ..recipients import Enclosure
from .failures import Fault, NotDelivered


def send(message: Notification, enclosures: Sequence[Enclosure] = ()) -> None:
    """
    Send one e-mail. Its Message-ID comes from the row, so a server or a reader recognises a repetition.

    :raises NotDelivered: when the server refuses it or does not answer
    """
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={
            "Message-ID": f"<{message.pk}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: out-of-office replies stay away
            "X-Auto-Response-Suppress": "All",  # the same for Exchange, which does not read the former
        },
    )
    for enclosure in enclosures:
        mail.attach(enclosure.name, enclosure.read(), enclosure.content_type)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        answers = [answer for answer, _ in refused.recipients.values()]
        fault = Fault.MESSAGE if min(answers, default=400) >= 500 else Fault.PROVIDER
        raise NotDelivered(fault, f"SMTP {answers}") from refused
    except SMTPDataError as refused:
        raise NotDelivered(Fault.MESSAGE if refused.smtp_code >= 500 else Fault.PROVIDER, _said(refused)) from refused
    except SMTPResponseException as refused:  # our sender or password is refused: nothing wrong with the message
        raise NotDelivered(Fault.PROVIDER, _said(refused)) from refused
    except (SMTPException, OSError) as silence:
        raise NotDelivered(Fault.UNREACHABLE, f"{type(silence).__name__}: {silence}") from silence


def _said(refused: SMTPResponseException) -> str:
    answer = refused.smtp_error
    return f"SMTP {refused.smtp_code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
