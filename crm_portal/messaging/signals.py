"""What messages tell the rooms above them."""

from django.dispatch import Signal

# Sent with `message` (the Notification) and `at`, inside the transaction in which it left or was given up: what a
# receiver changes is kept with it.
message_settled = Signal()

# Sent with `message`, `outcome` (`rules.reports.Outcome`) and `at`, inside the transaction in which a provider's report
# was kept; once for each outcome of a message.
message_reported = Signal()
