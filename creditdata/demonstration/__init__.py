"""What the demonstration shows of credit data; all invented, and played by the services that pages call."""

from datetime import datetime


def play(until: datetime) -> None:
    """Bring in two licensees and the Registrar with their people, and what waits for a second person."""
    from . import cast, control, intake

    staff = cast.employ(at=until)
    control.play(staff, until=until)
    intake.play(staff, until=until)
