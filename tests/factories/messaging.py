"""Messages of the outbox for tests."""

import factory
from django.utils import timezone

from crm_portal.messaging.models import Notification


class NotificationFactory(factory.django.DjangoModelFactory):
    """A queued notice by e-mail; `sms`, `code`, `failed` and `sent` are traits."""

    class Meta:
        model = Notification

    class Params:
        sms = factory.Trait(channel="sms", address=factory.Sequence(lambda n: f"+97250{n:07d}"), subject="")
        code = factory.Trait(kind="sign_in_code", body="הקוד: 482913", is_secret=True)
        failed = factory.Trait(state="failed", next_attempt_at=None, attempts=6, last_error="SMTP 451 busy")
        sent = factory.Trait(
            state="sent", next_attempt_at=None, attempts=1, sent_at=factory.SelfAttribute("created_at")
        )

    channel = "email"
    kind = "inquiry_received"
    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    subject = "פנייה 2026-000123 התקבלה"
    body = "פנייה \u20682026-000123\u2069 התקבלה."
    about = "2026-000123"
    dedupe_key = factory.Sequence(lambda n: f"message-{n}")
    created_at = factory.LazyFunction(timezone.now)
    next_attempt_at = factory.SelfAttribute("created_at")
