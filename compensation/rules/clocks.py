"""
The clocks of a claim, an objection and an appeal (clauses 8.1, 8.4, 8.6, 8.7, 9 and 10; section 9).

The day of the event is not counted. A last day of the *claimant* that is a Saturday or a holiday moves to the next
working day; the authority's own deadlines never move (conventions, decision 29).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crm_portal.errors import Refusal
from crm_portal.worktime.rules.periods import add_days, add_months

from .programme import Programme
from .reasons import Reason

_DAY = timedelta(days=1)
_SATURDAY = 5
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Stop:
    """Days that do not count: from the service of a request until the day of delivery, which counts (CMP-8.4.2-a)."""

    from_on: date
    until_on: date | None = None  # empty: details are still outstanding


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day of the claimant, and the day that the bare count gives."""

    raw_last_day: date
    last_day: date

    def has_passed(self, today: date) -> bool:
        return today > self.last_day


def union(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """The stops without overlaps, in their order; those of no day at all are left out (CMP-8.4.2-a)."""
    merged: list[Stop] = []
    for stop in sorted(stops, key=lambda one: one.from_on):
        if stop.until_on is not None and stop.until_on <= stop.from_on:
            continue
        last = merged[-1] if merged else None
        if last is None or (last.until_on is not None and last.until_on < stop.from_on):
            merged.append(stop)
        elif last.until_on is not None and (stop.until_on is None or stop.until_on > last.until_on):
            merged[-1] = replace(last, until_on=stop.until_on)
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class ClaimClock:
    """What the authority's periods of a filed claim are reckoned from (CMP-8.4.1-a, CMP-8.4.2-a, CMP-8.4.5-a)."""

    filed_on: date
    stops: tuple[Stop, ...] = ()
    extensions_days: tuple[int, ...] = ()

    def decision_due_on(self, programme: Programme) -> date | None:
        """The last day to decide; none while the clock stands still, which cannot expire."""
        ordinary = add_months(self.filed_on, programme.decision_months)
        return self._last_day(add_days(ordinary, sum(self.extensions_days)))

    def deemed_accepted_on(self, programme: Programme) -> date | None:
        """The day after, on which a claim that was not decided is accepted (CMP-8.4.1-c)."""
        due = self.decision_due_on(programme)
        return due and due + _DAY

    def advance_60_due_on(self, programme: Programme) -> date | None:
        """The 21st day; the advance is proposed on the day after it (CMP-8.4.3-b)."""
        return self._last_day(add_days(self.filed_on, programme.first_advance_after_days))

    def advance_10_due_on(self, programme: Programme) -> date | None:
        """The 150th day (CMP-8.4.4-a)."""
        return self._last_day(add_days(self.filed_on, programme.second_advance_after_days))

    def as_if_delivered(self, today: date) -> "ClaimClock":
        """The clock if everything outstanding were delivered today: what the columns of a stopped claim show."""
        return replace(
            self,
            stops=tuple(
                stop if stop.until_on is not None else replace(stop, until_on=max(today, stop.from_on))
                for stop in self.stops
            ),
        )

    def stopped_since(self) -> date | None:
        """The first day of the stop that is still open."""
        return next((stop.from_on for stop in union(self.stops) if stop.until_on is None), None)

    def _last_day(self, unstopped: date) -> date | None:
        """
        The last day of a period that would end on `unstopped` if nothing had stopped it.

        Day by day: a stopped day is not counted, whether the stop began before the filing or within the days that
        earlier stops added. A stop that begins after the last day comes too late to move it.
        """
        last = unstopped
        for stop in union(self.stops):
            begins = max(stop.from_on, self.filed_on + _DAY)
            if begins > last:
                break
            if stop.until_on is None:
                return None
            last += max(stop.until_on - begins, timedelta(0))
        return last


def extension_refusals(
    extensions_days: Collection[int], *, were_details_requested: bool, programme: Programme
) -> Iterator[Refusal]:
    """Why these further periods cannot be: more than 30 days together, or nothing was asked (CMP-8.4.1-b)."""
    if extensions_days and not were_details_requested:
        yield Refusal(Reason.EXTENSION_WITHOUT_DETAILS_REQUEST, ("days",), clause="CMP-8.4.1-b")
    if sum(extensions_days) > programme.most_extension_days:
        yield Refusal(Reason.EXTENSION_OVER_30_DAYS, ("days",), clause="CMP-8.4.1-b")


def warnings(decision_due_on: date, programme: Programme) -> tuple[tuple[int, date], ...]:
    """How many days before the last day to decide somebody is warned, and when that is (CMP-8.4.1-e)."""
    return tuple((days, decision_due_on - timedelta(days=days)) for days in programme.warnings_before_days)


def reminders(sent_on: date, programme: Programme) -> tuple[tuple[int, date], ...]:
    """When an employee who has not declared is reminded: days after the message, and the day (CMP-3.4.2-h)."""
    return tuple((days, add_days(sent_on, days)) for days in programme.reminder_after_days)


def next_working_day(day: date, rest_days: Collection[date]) -> date:
    """The day itself, or the first after it that is neither Saturday nor a holiday; a Friday is worked."""
    while day.weekday() == _SATURDAY or day in rest_days:
        day += _DAY
    return day


def of_claimant(raw_last_day: date, rest_days: Collection[date]) -> Deadline:
    """The claimant's deadline, moved off a day of rest (decision 29)."""
    return Deadline(raw_last_day, next_working_day(raw_last_day, rest_days))


def filing_window(opens_on: date, programme: Programme, *, extended_to: date | None = None) -> Deadline:
    """Four months of the actual opening, or until the day that was granted to one claimant (CMP-8.1.2-b, 8.2)."""
    raw = add_months(opens_on, programme.window_months)
    return of_claimant(max(raw, extended_to or raw), programme.rest_days)


def objection_deadline(received_on: date, programme: Programme) -> Deadline:
    """60 days of the receipt of the decision (CMP-9.1-b)."""
    return of_claimant(add_days(received_on, programme.objection_days), programme.rest_days)


def appeal_deadline(objection_decision_served_on: date, programme: Programme) -> Deadline:
    """60 days of the service of the objection's decision (CMP-9.7-b)."""
    return of_claimant(add_days(objection_decision_served_on, programme.appeal_days), programme.rest_days)


def court_appeal_deadline(committee_decision_served_on: date, programme: Programme) -> Deadline:
    """30 days of the service of the committee's decision (CMP-10.3-c)."""
    return of_claimant(add_days(committee_decision_served_on, programme.court_appeal_days), programme.rest_days)


def return_deadline(demand_served_on: date, programme: Programme) -> Deadline:
    """90 days of the service of the demand to return an overpayment (CMP-8.6.1-b)."""
    return of_claimant(add_days(demand_served_on, programme.overpayment_days), programme.rest_days)


def pay_by(decided_on: date, programme: Programme) -> date:
    """14 days of the determination, also of one by lapse of time (CMP-8.4.3-a)."""
    return add_days(decided_on, programme.payment_days)


def correction_last_day(decided_on: date, programme: Programme) -> date:
    """Four years of giving the determination (CMP-8.7-b)."""
    return add_months(decided_on, programme.correction_years * _MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class ObjectionClock:
    """What the period to decide an objection is reckoned from (CMP-9.5-a)."""

    delivered_on: date
    complete_on: date | None = None  # it was confirmed that all documents were supplied
    extended_to: date | None = None

    def latest_extension(self, programme: Programme) -> date:
        """One year of the delivery: no extension goes beyond it."""
        return add_months(self.delivered_on, programme.objection_longest_months)

    def decision_due_on(self, programme: Programme) -> date:
        """The later of 8 months from delivery and 30 days from completeness, or the day of the extension."""
        days = [add_months(self.delivered_on, programme.objection_decision_months)]
        if self.complete_on is not None:
            days.append(add_days(self.complete_on, programme.objection_completeness_days))
        if self.extended_to is not None:
            days.append(self.extended_to)
        return max(days)

    def deemed_accepted_on(self, programme: Programme) -> date:
        """The day after, on which an objection that was not decided is accepted (CMP-9.6-a)."""
        return self.decision_due_on(programme) + _DAY

    def refusals(self, programme: Programme) -> Iterator[Refusal]:
        """Why the extension cannot be granted."""
        latest = self.latest_extension(programme)
        if self.extended_to is not None and self.extended_to > latest:
            yield Refusal(
                Reason.OBJECTION_EXTENSION_OVER_ONE_YEAR, ("extended_to",), {"latest": latest}, clause="CMP-9.5-a"
            )
