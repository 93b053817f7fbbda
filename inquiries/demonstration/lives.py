"""
What happens to inquiries in the demonstration: each life is a generator that is resumed at the instants it asks for.

Every step is a call of the service that a page would call, at the simulated instant; a life that ends early, because
its time is not yet come, leaves its inquiry in whatever status it has.
"""

import io
from collections.abc import Generator
from datetime import datetime, time, timedelta
from random import Random

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from crm_portal.people.models import Customer, User
from crm_portal.worktime.rules.calendars import JERUSALEM
from routing.models import Triplet
from routing.selectors import head_team, teams_for_triplet

from ..models import Inquiry
from ..rules.codes import ClosingReasonCode, Status, TripletValidation
from ..selectors.templates import filled, offered_on
from ..services import answering, assigning, closing, corresponding, forwarding, opening, reading, triage, triplets
from . import calls, detours, texts
from .cast import Cast

Life = Generator[datetime, datetime, None]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def at_work(moment: datetime) -> datetime:
    """The same moment, or the next one in which an office works: Sunday to Thursday, eight to four."""
    local = moment.astimezone(JERUSALEM)
    if local.hour >= 16:
        local = datetime.combine(local.date() + DAY, time(8, local.minute), tzinfo=JERUSALEM)
    elif local.hour < 8:
        local = local.replace(hour=8)
    while local.weekday() in {4, 5}:
        local += DAY
    return local


class Story:
    """One inquiry's life, with the dice that decide it."""

    def __init__(self, cast: Cast, dice: Random) -> None:
        self.cast, self.dice = cast, dice
        self.asked_at: datetime

    def live(self, begins: datetime) -> Life:
        """The whole life; what follows what is drawn as one goes."""
        at = yield begins
        if self.dice.random() < 0.14 and self.cast.operators:
            yield from self._by_phone(at)
            return
        inquiry, inquirer = self._open(at)
        if self.dice.random() < 0.05:
            at = yield at + self.hours(2, 30)
            closing.cancel(inquiry_id=inquiry.pk, by=inquirer, at=at)
            return
        is_slow = self.dice.random() < 0.12
        at = yield at_work(at + (self.hours(300, 600) if is_slow else self.hours(2, 60)))
        if not inquiry_still(inquiry, Status.OPEN_TEAM) or not (staff := self._staff(inquiry)):
            return
        clerk = self.dice.choice(staff)
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at)
        yield from self._treat(inquiry, inquirer, clerk, at)

    def _treat(self, inquiry: Inquiry, inquirer: User, clerk: User, at: datetime) -> Life:
        at = yield at_work(at + self.hours(1, 50))
        self.read(inquiry, clerk, at)
        chance = self.dice.random()
        if 0.18 <= chance < 0.21:
            detours.left_wrong(self, inquiry, clerk, at)
            return
        if 0.21 <= chance < 0.28:
            detours.corrected(self, inquiry, clerk, at)
        elif inquiry_now(inquiry).customer_triplet_id:
            triplets.set_validation(inquiry_id=inquiry.pk, by=clerk, at=at, verdict=TripletValidation.CORRECT.value)
        if chance < 0.10:
            at, clerk = yield from self._pass_on(inquiry, clerk, at)
        elif chance < 0.18:
            yield from self._forward(inquiry, clerk, at)
            return
        if 0.28 <= chance < 0.32:
            at, clerk = yield from detours.sent_back(self, inquiry, clerk, at)
        elif 0.32 <= chance < 0.36:
            yield from detours.written_often(self, inquiry, inquirer, clerk, at)
            return
        if chance > 0.55:
            at = yield from self._ask(inquiry, inquirer, clerk, at)
            if inquiry_now(inquiry).owner_id != clerk.pk:
                return
        at = yield at_work(at + self.hours(1, 40))
        self.read(inquiry, clerk, at)
        self._close(inquiry, clerk, at)
        if self.dice.random() < 0.12:
            at = yield at + self.hours(5, 24 * 12)
            corresponding.customer_message(
                inquiry_id=inquiry.pk, by=inquirer, at=at, text=self.dice.choice(texts.THANKS)
            )
            at = yield at_work(at + self.hours(4, 80))
            assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at)
            at = yield at_work(at + self.hours(1, 20))
            self.read(inquiry, clerk, at)
            self._close(inquiry, clerk, at)

    def _ask(
        self, inquiry: Inquiry, inquirer: User, clerk: User, at: datetime
    ) -> Generator[datetime, datetime, datetime]:
        reply, solution = self.dice.choice(texts.REQUESTS)
        template = next((one for one in offered_on(inquiry_now(inquiry)) if one.unit_id), None)
        if template is not None and self.dice.random() < 0.6:
            reply = filled(template, inquiry_now(inquiry))
        else:
            template = None
        answering.wait_for_customer(
            inquiry_id=inquiry.pk, by=clerk, at=at, reply=reply, proposed_solution=solution,
            template_id=template.pk if template else None,
        )  # fmt: skip
        if self.dice.random() < 0.25:
            at = yield at + 400 * DAY  # no answer: three months later the portal closes it
        at = yield at + self.hours(6, 24 * 9)
        corresponding.customer_message(
            inquiry_id=inquiry.pk, by=inquirer, at=at, text=self.dice.choice(texts.REPLIES), files=self._files(0.5)
        )
        at = yield at_work(at + self.hours(1, 40))
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at)
        return at

    def _pass_on(
        self, inquiry: Inquiry, clerk: User, at: datetime
    ) -> Generator[datetime, datetime, tuple[datetime, User]]:
        others = [user for user in self._staff(inquiry) if user.pk != clerk.pk]
        if not others:
            return at, clerk
        colleague = self.dice.choice(others)
        answering.save(inquiry_id=inquiry.pk, by=clerk, at=at, proposed_solution=self.dice.choice(texts.HANDED_OVER))
        assigning.assign_to_employee(
            inquiry_id=inquiry.pk, by=clerk, at=at, employee_id=colleague.pk, note=self.dice.choice(texts.HANDED_OVER)
        )
        at = yield at_work(at + self.hours(1, 30))
        return at, colleague

    def _forward(self, inquiry: Inquiry, clerk: User, at: datetime) -> Life:
        now = inquiry_now(inquiry)
        assert now.triplet is not None  # noqa: S101 - it was opened
        teams = [team for team in teams_for_triplet(now.triplet, at.date()) if team.pk != now.handling_team_id]
        undecided = self.dice.random() < 0.4  # then the head team is asked, which has much to do
        target = head_team() if undecided else self.dice.choice(teams)
        forwarding.forward(
            inquiry_id=inquiry.pk, by=clerk, at=at, team_id=target.pk,
            proposed_solution=self.dice.choice(texts.UNDECIDED if undecided else texts.FORWARDED),
        )  # fmt: skip
        at = yield at_work(at + (self.hours(200, 700) if undecided else self.hours(2, 60)))
        if not (staff := self._staff(inquiry)):
            return
        clerk = self.dice.choice(staff)
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at)
        at = yield at_work(at + self.hours(2, 60))
        self.read(inquiry, clerk, at)
        self._close(inquiry, clerk, at)

    def _close(self, inquiry: Inquiry, clerk: User, at: datetime) -> None:
        now = inquiry_now(inquiry)
        reply, solution = self.dice.choice(texts.ANSWERS)
        if self.dice.random() < 0.08:
            closing.close_no_treatment(
                inquiry_id=inquiry.pk, by=clerk, at=at, closing_reason=ClosingReasonCode.IDENTICAL_INQUIRY.value,
                proposed_solution=texts.REASONS_NOT_TREATED, reply="" if now.is_phone else texts.NOT_TREATED,
            )  # fmt: skip
            return
        closing.close_success(
            inquiry_id=inquiry.pk, by=clerk, at=at, reply="" if now.is_phone else reply, proposed_solution=solution
        )

    def _by_phone(self, at: datetime) -> Life:
        operator, customer = self.dice.choice(self.cast.operators), self.dice.choice(self.cast.customers)
        at = yield at_work(at)
        triplet = self._triplet(customer)
        draft = opening.new_draft(by=operator, at=at, channel="phone")
        if self.dice.random() < 0.1:
            return  # a draft that the operator did not come back to
        inquiry = opening.save_draft(
            inquiry_id=draft.pk, by=operator, at=at, customer_id=customer.pk, triplet_id=triplet.pk,
            tax_year=at.year - 1 if triplet.tax_year_required else None, description=self._description(triplet),
            proposed_solution=self.dice.choice(texts.CALLED),
        )  # fmt: skip
        calls.record(inquiry, operator=operator, at=at, dice=Random(inquiry.number))  # noqa: S311 - not this life's dice
        opening.verify_customer(inquiry_id=inquiry.pk, by=operator, at=at)
        at = yield at_work(at + self.hours(0, 6))
        self._close(inquiry, operator, at)

    def _open(self, at: datetime) -> tuple[Inquiry, User]:
        representative = self.dice.random() < 0.08 and [
            user for user in self.cast.representatives if user.representative_card.representative.powers.exists()
        ]
        if representative:
            user = self.dice.choice(representative)
            power = self.dice.choice(list(user.representative_card.representative.powers.filter(limited_topic="")))
            triplet = self._triplet(power.customer, power.tax_system)
            inquiry = opening.open_by_representative(
                by=user, at=at, triplet_id=triplet.pk, description=self._description(triplet),
                customer_id_number=power.customer.id_number,
                tax_year=at.year - 1 if triplet.tax_year_required else None,
            )  # fmt: skip
            return inquiry, user
        customer = self.dice.choice(self.cast.customers)
        assert customer.user is not None  # noqa: S101 - the cast's customers are registered
        triplet = self._triplet(customer)
        description = self._description(triplet)
        inquiry = opening.open_by_customer(
            by=customer.user, at=at, triplet_id=triplet.pk, description=description,
            tax_year=at.year - 1 if triplet.tax_year_required else None, files=self._files(0.12),
            suggested=[one for _triplet, one in triage.suggest(description, by=customer.user, at=at)],
        )  # fmt: skip
        return inquiry, customer.user

    def _triplet(self, customer: Customer, tax_system: str = "") -> Triplet:
        choices = list(Triplet.objects.for_customers().filter(**({"tax_system": tax_system} if tax_system else {})))
        files = {file.tax_system for file in customer.tax_files.all()}
        weights = [6 if triplet.tax_system_id in files else 1 for triplet in choices]
        return self.dice.choices(choices, weights)[0]

    def _description(self, triplet: Triplet) -> str:
        about = texts.ASKED_ABOUT.get(triplet.code)
        if about is not None and self.dice.random() < 0.8:
            return self.dice.choice(about)
        return self.dice.choice(texts.ASKED.get(triplet.tax_system_id, texts.ASKED_OTHERWISE))

    def _files(self, chance: float) -> list[SimpleUploadedFile]:
        if self.dice.random() > chance:
            return []
        if self.dice.random() < 0.06:
            return [SimpleUploadedFile("אישור.txt", EICAR, "text/plain")]
        return [document("טופס 106.pdf")] if self.dice.random() < 0.6 else [_picture("אישור.png")]

    def _staff(self, inquiry: Inquiry) -> list[User]:
        return self.cast.staff.get(inquiry_now(inquiry).handling_team_id or 0, [])

    def read(self, inquiry: Inquiry, clerk: User, at: datetime) -> None:
        reading.view(inquiry_id=inquiry.pk, by=clerk, at=at)
        reading.mark_messages_read(inquiry_id=inquiry.pk, by=clerk, at=at)

    def now(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry as it stands."""
        return inquiry_now(inquiry)

    def at_work(self, at: datetime, least: float, most: float) -> datetime:
        """Some hours later, when an office works."""
        return at_work(at + self.hours(least, most))

    def hours(self, least: float, most: float) -> timedelta:
        return HOUR * self.dice.triangular(least, most, least)


def inquiry_now(inquiry: Inquiry) -> Inquiry:
    """The inquiry as it stands in the database."""
    return Inquiry.objects.select_related("triplet").get(pk=inquiry.pk)


def inquiry_still(inquiry: Inquiry, status: Status) -> bool:
    return inquiry_now(inquiry).status == status.value


def document(name: str) -> SimpleUploadedFile:
    """A PDF of one page."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def _picture(name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (420, 594), "#f4f1e8").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
