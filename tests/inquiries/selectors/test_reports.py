"""Each report's figures equal a direct count of the same things (CRM-3.1-d, its acceptance line)."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Avg
from django.utils import timezone

from crm_portal.people.models import TaxFile
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.worktime.rules.calendars import JERUSALEM
from inquiries.models import (
    DailyFollowUp,
    Inquiry,
    Message,
    QualityReview,
    ResponseTemplate,
    StatusHistory,
    TemplateVersion,
)
from inquiries.rules.clock import indicator
from inquiries.rules.codes import ACTIVE, CLOSED
from inquiries.selectors import clocks
from inquiries.selectors.moments import Moment
from inquiries.selectors.reports import Question, report_of
from inquiries.selectors.reports.records import past_target
from inquiries.services import adding_up, assigning, corresponding, forwarding, triplets
from routing.models import RoutingDecision, TaxSystem, Triplet
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, later, office, take_step
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
CLOSED_NOW = [status.value for status in CLOSED]
STATUSES = [*sorted(status.value for status in ACTIVE), "closed_success", "closed_no_treatment", "closed_by_customer"]


def at(day: int, hour: float = 10) -> datetime:
    """An instant of November 2026; the 5th is a Thursday, and no holiday is near."""
    return datetime(2026, 11, day, tzinfo=JERUSALEM) + timedelta(hours=hour)


@pytest.fixture
def analyst() -> object:
    return UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL, roles__level=3)


@pytest.fixture
def team():
    TaxSystem.objects.update_or_create(code="deductions", defaults={"name": "ניכויים", "sla_target_hours": 48})
    return office(members=[clerk()])


@pytest.fixture
def ask(analyst):
    """Ask a report about November, after the figures were brought up to date."""

    def answer(key: str, **params):
        adding_up.refresh_report_figures(at=at(29))
        report = report_of(key)
        params.setdefault("by", next(iter(report.breakdowns), ""))
        return report.answer(Question(user=analyst, since=SINCE, until=UNTIL, **params), Moment.of(at(29)))

    return answer


@pytest.fixture
def stock(team):
    """Inquiries of every status, and one of the month before."""
    made = [InquiryFactory.in_status(status, team=team, at=at(3 + place)) for place, status in enumerate(STATUSES)]
    InquiryFactory(team=team, at=at(1) - timedelta(days=20))
    return made


def cells(answer, place: int) -> dict[object, object]:
    """One column of the table by the first one."""
    return {str(row.cells[0]): row.cells[place] for row in answer.table.rows if not row.is_part}


def values(chart) -> dict[str, object]:
    return {str(mark.label): mark.value for mark in chart.marks}


@pytest.mark.req("CRM-3.1-d")
def test_r1_counts_what_was_opened_by_status_triplet_and_channel(ask, stock):
    opened = Inquiry.objects.filter(opened_at__gte=at(1, 0), opened_at__lt=at(30, 24))

    answer = ask("R1")

    assert answer.table.total[1] == opened.count() == len(stock)
    by_status = {mark.filters["status"]: mark.value for mark in answer.charts[0].marks}
    assert by_status == {
        status: opened.filter(status=status).count() for status in opened.values_list("status", flat=True)
    }
    assert sum(values(answer.charts[2]).values()) == opened.count()
    assert cells(answer, 1) == {str(one.triplet): opened.filter(triplet=one.triplet).count() for one in stock}
    assert answer.tiles[3].value == StatusHistory.objects.filter(to_status__in=CLOSED_NOW).count()


@pytest.mark.req("CRM-6.3-b")
def test_r3_of_one_waiting_one_closed_and_one_in_treatment_two_are_handled(ask, team):
    for trait in ("awaiting_customer", "closed", "in_treatment"):
        InquiryFactory(team=team, at=at(8), **{trait: True})

    answer = ask("R3")

    assert [str(tile.value) for tile in answer.tiles] == ["66.7", "3", "1", "1"]
    assert answer.table.rows[0].cells[1:] == [3, 2, 1, 1, 1, 66.7]


@pytest.mark.req("CRM-3.1-b")
def test_r4_counts_by_kind_of_customer_by_who_opened_and_by_type_of_file(ask, team):
    mine = InquiryFactory(team=team, at=at(8))
    TaxFile.objects.create(customer=mine.customer, tax_system="deductions", file_number="0900", file_type="20")
    TaxFile.objects.create(
        customer=mine.customer, tax_system="deductions", file_number="0100", file_type="91", is_active=False
    )
    InquiryFactory(team=team, at=at(8), by_representative=True)
    Triplet.objects.update(requires_identification=False)
    InquiryFactory(team=team, at=at(8), customer=None)

    answer = ask("R4")

    found = {(str(row.cells[0]), str(row.cells[1])): row.cells[2] for row in answer.table.rows}
    assert (
        found[("מי פתח", "הלקוח")] == Inquiry.objects.filter(representative=None, customer__isnull=False).count() == 1
    )
    assert found[("מי פתח", "מייצג, בשמו")] == Inquiry.objects.filter(representative__isnull=False).count() == 1
    assert found[("מי פתח", "ללא הזדהות")] == 1
    assert found[("סוג תיק", "20")] == 1  # the active one before the closed
    assert sum(count for (segment, _group), count in found.items() if segment == "סוג לקוח") == 3


@pytest.mark.req("CRM-2.1.7-f")
def test_r2_counts_the_breaches_that_the_clock_finds_and_lists_them(ask, analyst, team):
    for day, steps in ((3, ("assign",)), (8, ("assign", "close")), (25, ()), (24, ())):
        InquiryFactory(team=team, at=at(day), steps=steps)
    direct = [clock.indicator.value for clock in clocks.clock_of(Inquiry.objects.all(), at(29)).values()]

    answer = ask("R2")

    over, near = direct.count("over"), direct.count("near")
    assert (answer.tiles[1].value, answer.tiles[3].value) == (over, near)
    assert over == 2
    assert answer.table.total[1] == len(direct)
    assert answer.table.total[6] == over
    assert answer.tiles[0].value == 50.0
    manager = UserFactory(roles=[Role.CRM_ADMIN], roles__scope=Scope.ALL, roles__level=3)
    question = Question(user=manager, since=SINCE, until=UNTIL)
    assert set(past_target(question)) == {
        one for one in Inquiry.objects.all() if clocks.clock_of([one], at(29))[one.pk].indicator.value == "over"
    }
    assert not past_target(Question(user=analyst, since=SINCE, until=UNTIL)).exists()


@pytest.mark.req("CRM-2.1.7-f")
def test_net_forty_hours_of_a_target_of_forty_eight_is_near_it(analyst, team):
    InquiryFactory(team=team, at=at(25, 0))  # a Wednesday

    adding_up.refresh_report_figures(at=at(26, 16))
    question = Question(
        user=UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL), since=SINCE, until=UNTIL, by="triplet"
    )
    answer = report_of("R2").answer(question, Moment.of(at(26, 16)))

    assert indicator(timedelta(hours=40), timedelta(hours=48), near_percent=80).value == "near"
    assert answer.tiles[2].value == 40 * 3600
    assert answer.tiles[3].value == 1


@pytest.mark.req("CRM-5.1.1-c")
def test_r5_counts_transfers_returns_without_correction_and_corrections(ask, team):
    inquiry, first = InquiryFactory(team=team, at=at(8), in_treatment=True), team.members.get().user
    other = another_team(inquiry.triplet, members=[clerk()])
    move = {"inquiry_id": inquiry.pk}
    triplets.set_validation(**move, by=first, at=at(9), verdict="correct")
    forwarding.forward(**move, by=first, at=at(9, 11), team_id=other.pk, proposed_solution="אצלם")
    second = other.members.get().user
    assigning.assign_to_me(**move, by=second, at=at(9, 12))
    forwarding.forward(**move, by=second, at=at(9, 13), team_id=team.pk, proposed_solution="חזרה", confirm_return=True)
    assigning.assign_to_me(**move, by=first, at=at(9, 14))
    changed = Triplet.objects.create(
        code="changed", tax_system=inquiry.triplet.tax_system, main_topic="מס הכנסה", sub_topic="אחר", detail="אחר"
    )
    triplets.change_triplet(**move, by=first, at=at(9, 15), triplet_id=changed.pk)

    answer = ask("R5")

    events = StatusHistory.objects.filter(inquiry=inquiry)
    assert answer.tiles[0].value == events.filter(event="forward").count() == 2
    assert answer.tiles[1].value == 1
    assert answer.tiles[2].value == events.filter(event="triplet_change").count() == 1
    assert cells(answer, 1) == {str(team): 1, str(other): 1}
    assert cells(answer, 2) == {str(team): 0, str(other): 1}


@pytest.mark.req("CRM-6.1-a")
def test_r5_counts_what_was_closed_untreated_with_a_triplet_left_wrong(ask, team):
    inquiry = InquiryFactory(team=team, at=at(8), closed_no_treatment=True)
    Inquiry.objects.filter(pk=inquiry.pk).update(closed_with_wrong_triplet=True)
    InquiryFactory(team=team, at=at(8), closed_no_treatment=True)

    assert ask("R5").tiles[3].value == 1


@pytest.mark.req("CRM-3.1-d")
def test_r6_counts_the_closings_of_the_system_by_reason_on_the_day_they_happened(ask, team):
    InquiryFactory(team=team, at=at(8) - timedelta(days=100), closed_by_system=True)
    InquiryFactory(team=team, at=at(8), closed=True)
    closed = StatusHistory.objects.filter(to_status="closed_by_system", at__gte=at(1, 0))

    answer = ask("R6")

    assert answer.table.total[1] == closed.count() == 1
    assert cells(answer, 1) == {str(closed.get().closing_reason): 1}
    assert answer.tiles[1].value == 50.0


@pytest.mark.req("CRM-3.4-g")
def test_r7_names_the_working_days_without_a_confirmation(ask, team):
    by = team.members.get().user
    for day, confirmed in ((8, True), (9, False), (10, True), (11, False)):
        DailyFollowUp.objects.create(
            team=team, day=at(day).date(), sent_at=at(day),
            confirmed_by=by if confirmed else None, confirmed_at=at(day, 12) if confirmed else None,
        )  # fmt: skip
    until = {"since": date(2026, 11, 1), "until": date(2026, 11, 14)}  # the 12th is worked, the 13th and 14th are not

    adding_up.refresh_report_figures(at=at(29))
    question = Question(user=UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL), **until)
    answer = report_of("R7").answer(question, Moment.of(at(29)))

    assert answer.table.rows[0].cells == (str(team), 5, 2, 3, 40.0, date(2026, 11, 10))
    assert answer.tiles[1].value == 3


@pytest.mark.req("CRM-2-c")
def test_r8_has_the_grades_that_managers_gave_and_the_times_to_answer(ask, team):
    inquiry = InquiryFactory(team=team, at=at(8, 8), steps=("assign", "answer"))
    for grade in (3, 5, 5):
        QualityReview.objects.create(
            inquiry=inquiry, message=Message.objects.get(), grade=grade, reviewed_by=inquiry.clerk, reviewed_at=at(9)
        )

    answer = ask("R8")

    assert [tile.value for tile in answer.tiles] == [
        2 * 3600, 2 * 3600, 1, QualityReview.objects.aggregate(a=Avg("grade"))["a"],
    ]  # fmt: skip
    assert values(answer.charts[1]) == {"1": 0, "2": 0, "3": 1, "4": 0, "5": 2}
    assert answer.table.rows[0].cells == (str(team), 1, 2 * 3600, 2 * 3600, 3, pytest.approx(13 / 3))


@pytest.mark.req("CRM-6.7-a")
def test_r9_counts_the_inquiries_on_which_the_customer_wrote_five_times(ask, team):
    much, little = (InquiryFactory(team=team, at=at(8), in_treatment=True) for _ in range(2))
    for _place in range(5):
        take_step(much, "customer", by=much.clerk, at=later(much))
        take_step(much, "answer", by=much.clerk, at=later(much))
    take_step(little, "customer", by=little.clerk, at=later(little))

    answer = ask("R9")

    assert answer.tiles[0].value == 1
    assert Message.objects.filter(inquiry=much, side="customer").count() == 5
    assert values(answer.charts[0])["1"] == values(answer.charts[0])["5"] == 1
    assert answer.tiles[1].value == 50.0


@pytest.mark.req("CRM-2.1.7-d")
def test_r10_adds_up_all_periods_of_each_team_and_employee(ask, team):
    inquiry, first = InquiryFactory(team=team, at=at(8, 8)), team.members.get().user
    other = another_team(inquiry.triplet, members=[clerk()])
    move = {"inquiry_id": inquiry.pk}
    assigning.assign_to_me(**move, by=first, at=at(8, 9))
    triplets.set_validation(**move, by=first, at=at(8, 9), verdict="correct")
    forwarding.forward(**move, by=first, at=at(8, 13), team_id=other.pk, proposed_solution="אצלם")
    second = other.members.get().user
    assigning.assign_to_me(**move, by=second, at=at(8, 14))
    forwarding.forward(**move, by=second, at=at(8, 16), team_id=team.pk, proposed_solution="חזרה", confirm_return=True)
    assigning.assign_to_me(**move, by=first, at=at(8, 17))
    take_step(inquiry, "close", by=first, at=at(8, 18))

    answer = ask("R10")

    assert cells(answer, 3) == {str(team): 7 * 3600, str(other): 3 * 3600}
    people = {str(row.cells[1]): row.cells[3] for row in answer.table.rows if row.is_part and row.cells[2]}
    assert people == {str(first): 5 * 3600, str(second): 2 * 3600}
    direct = clocks.clock_of([fresh(inquiry)], at(29))[inquiry.pk]
    assert answer.table.total[3] == direct.net.total_seconds() == 10 * 3600


@pytest.mark.req("CRM-2.2.5-c")
def test_r11_counts_the_replies_that_began_from_each_template(ask, team):
    inquiry = InquiryFactory(team=team, at=at(8), in_treatment=True)
    template = ResponseTemplate.objects.create(
        title="מסמכים להחזר", text="x", unit=team.unit, state="approved", created_at=at(1), updated_at=at(1)
    )
    version = TemplateVersion.objects.create(
        template=template, number=1, title="x", text="x", scope={}, written_at=at(1)
    )
    for place in range(2):
        corresponding.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=at(9, 10 + place), text="נא לצרף מסמכים")
    Message.objects.filter(pk=Message.objects.earliest("pk").pk).update(template_version=version)

    answer = ask("R11")

    assert (
        cells(answer, 2)
        == {"מסמכים להחזר": Message.objects.filter(template_version=version).count()}
        == {"מסמכים להחזר": 1}
    )
    assert answer.tiles[1].value == 100.0  # the second message answered nothing


@pytest.mark.req("CRM-7-p")
def test_r12_counts_the_fallbacks_by_cause(ask, team):
    InquiryFactory(team=team, at=at(8))
    lost = InquiryFactory(team=office(members=[clerk()]), at=at(9))
    RoutingDecision.objects.filter(inquiry=lost).update(is_fallback=True, cause="no_address")

    answer = ask("R12")

    fallbacks = RoutingDecision.objects.filter(is_fallback=True)
    assert answer.table.total[1] == fallbacks.count() == 1
    assert answer.tiles[1].value == 50.0
    assert list(cells(answer, 1)) == ["אין כתובת במרשם האוכלוסין"]


@pytest.mark.parametrize("narrowed", ["team", "unit", "triplet", "channel", "tax_system"])
def test_each_filter_narrows_to_what_a_direct_count_finds(ask, stock, narrowed):
    other = InquiryFactory(team=office(tax_system="vat", members=[clerk()]), at=at(9))
    fields = {"team": "handling_team", "unit": "handling_unit", "tax_system": "triplet__tax_system"}
    field = fields.get(narrowed, narrowed)
    value = {
        "team": other.handling_team_id, "unit": other.handling_unit_id, "triplet": other.triplet_id,
        "channel": other.channel_id, "tax_system": "vat",
    }[narrowed]  # fmt: skip
    period = {"opened_at__gte": at(1, 0), "opened_at__lt": at(30, 24)}

    answer = ask("R1", **{narrowed: value})

    assert answer.table.total[1] == Inquiry.objects.filter(**period, **{field: value}).count()


def test_a_day_begins_at_midnight_in_jerusalem(ask, team):
    InquiryFactory(team=team, at=datetime(2026, 10, 31, 23, 30, tzinfo=JERUSALEM))
    InquiryFactory(team=team, at=datetime(2026, 11, 1, 0, 30, tzinfo=JERUSALEM))

    answer = ask("R1")

    assert answer.table.total[1] == 1
    assert timezone.get_current_timezone_name() == "Asia/Jerusalem"
