"""What the business calendars tell the apps whose clocks run by them."""

from django.dispatch import Signal

# Sent inside the transaction that declares or withdraws a day, with `calendar`, `day`, `by`, `at` and `reason`.
calendar_changed = Signal()
