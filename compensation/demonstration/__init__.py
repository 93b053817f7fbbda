"""What the demonstration shows of compensation; all invented, and played by the services that pages call."""

from datetime import datetime


def play(until: datetime) -> None:
    """Bring in the fund's people and their claims."""
    from . import asked, cast, claims, drafts, money, objections, wages, window

    staff = cast.employ(at=until)
    window.play(manager=staff["gideon"], until=until)
    drafts.play(until)
    wages.play(until)
    claims.play(clerk=staff["omer"], manager=staff["gideon"], until=until)
    asked.play(clerk=staff["omer"], manager=staff["gideon"], at=until)
    money.play(treasurer=staff["boaz"], at=until)
    objections.play(officer=staff["michal"], until=until)
