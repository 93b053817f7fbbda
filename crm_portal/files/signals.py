"""What files tell the rooms above them."""

from django.dispatch import Signal

# Sent with `file` (the StoredFile) and `at`, inside the transaction that made the file clean or failed: what a
# receiver changes is kept with it or not at all, and a receiver that fails leaves the file pending for the next run.
file_settled = Signal()
