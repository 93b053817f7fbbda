"""The classifier learns from verdicts, suggests to inquirers, and its lessons leave the house without names."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.services import timing
from inquiries.models import Inquiry, TriageModel, TriageSuggestion
from inquiries.rules.triage import Verdict, is_held_out, split
from inquiries.services import exporting_triage, opening, triage, triplets
from inquiries.services.classifying import Classifier
from tests.factories.inquiries import OPENED_AT, InquiryFactory, fresh, head_team, later, load_reference, office
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
LATER = OPENED_AT + timedelta(days=30)
REFUND = ("שילמתי יותר מדי מס השנה ומגיע לי החזר", "מתי אקבל את ההחזר על טופס 106", "הגשתי בקשה להחזר מס")
CLOSING = ("סגרתי את העסק ואני רוצה לסגור את התיק", "איך סוגרים תיק עוסק אחרי שהפסקתי לעבוד", "העסק נסגר, מה להגיש")
DOWN = "tests.inquiries.services.test_triage.Down"


class Down:
    """An adapter whose far side does not answer."""

    def suggest(self, *_args, **_kwargs):
        raise TimeoutError


def verdicts(count=80):
    both = [("refund", text) for text in REFUND] + [("closing", text) for text in CLOSING]
    return [Verdict(f"2026-{n:06d}", f"{both[n % 6][1]} ({n})", both[n % 6][0]) for n in range(count)]


@pytest.fixture
def topics():
    """Two triplets in one team, and forty judged inquiries on them."""
    load_reference()
    head_team()
    team = office(code="refund", sub_topic="החזר מס", detail="בקשה להחזר")
    closing = TripletFactory(
        code="closing", tax_system=team.triplet_teams.get().triplet.tax_system, sub_topic="תיקים", detail="סגירת תיק"
    )
    made = InquiryFactory(team=team, in_treatment=True, description=REFUND[0])
    triplets.set_validation(inquiry_id=made.pk, by=made.clerk, at=later(made), verdict="correct")
    refund = made.triplet
    rows = []
    for n in range(60):
        text, triplet = (REFUND[n % 3], refund) if n % 2 else (CLOSING[n % 3], closing)
        rows.append(
            Inquiry(
                number=f"2025-{n:06d}", channel_id="internet", customer=made.customer, opened_by=made.opened_by,
                triplet=triplet, customer_triplet=refund, description=f"{text} {n}", status="open_team",
                triplet_validation="correct" if triplet == refund else "incorrect", handling_team=team,
                handling_unit=team.unit, created_at=OPENED_AT, opened_at=OPENED_AT, status_since=OPENED_AT,
                updated_at=OPENED_AT,
            )
        )  # fmt: skip
    Inquiry.objects.bulk_create(rows)
    return {"refund": refund, "closing": closing, "inquiry": fresh(made)}


@pytest.mark.req("CRM-5.1.1-e")
def test_the_classifier_learns_what_belongs_where_and_survives_being_kept():
    taught = Classifier.taught(verdicts())
    kept = Classifier.load(taught.dump())

    for text, right in (("מגיע לי החזר של מס ששילמתי", "refund"), ("הפסקתי לעבוד ואני סוגר את התיק", "closing")):
        scores = kept.scores(text)
        assert max(scores, key=scores.get) == right
        assert sum(scores.values()) == pytest.approx(1)
        assert scores == pytest.approx(taught.scores(text), abs=1e-4)


def test_a_kept_model_learns_on():
    model = Classifier.load(Classifier.taught(verdicts()).dump())
    before = model.scores("שאלה על ארנונה ותו חניה")["refund"]

    model.learn([Verdict(str(n), "שאלה על ארנונה ותו חניה", "refund") for n in range(40)])

    assert model.scores("שאלה על ארנונה ותו חניה")["refund"] > before


def test_too_little_teaches_nothing():
    assert Classifier.taught(verdicts(10)) is None
    assert Classifier.taught([Verdict(str(n), "החזר", "refund") for n in range(50)]) is None


def test_a_fifth_is_held_out_always_the_same():
    keys = [f"2026-{n:06d}" for n in range(2000)]

    held = [key for key in keys if is_held_out(key)]

    assert 0.17 < len(held) / len(keys) < 0.23
    assert held == [key for key in keys if is_held_out(key)]
    taught, held_out = split(verdicts())
    assert not {one.key for one in taught} & {one.key for one in held_out}


@pytest.mark.req("CRM-5.1.1-e")
def test_the_nightly_timer_makes_a_version_that_beats_the_commonest_topics_and_is_used_at_once(topics):
    assert timing.run(timing.timers()["train_triage"], at=LATER).done == 1

    model = TriageModel.objects.get(is_active=True)
    assert model.top_1 > model.baseline_top_1
    found = triage.suggest("סגרתי את העסק, איך סוגרים את התיק?", by=CustomerFactory().user, at=LATER)
    assert found[0][0].code == "closing"
    assert [one.rank for _triplet, one in found] == list(range(1, len(found) + 1))


def test_without_new_verdicts_no_version_is_made(topics):
    assert triage.train(at=LATER) is not None
    assert triage.train(at=LATER + timedelta(days=1)) is None
    assert TriageModel.objects.count() == 1


def test_new_verdicts_make_a_version_that_replaces_the_present_one(topics):
    first = triage.train(at=LATER)
    Inquiry.objects.filter(number__in=[f"2025-{n:06d}" for n in range(20)]).update(
        updated_at=LATER + timedelta(hours=1)
    )

    second = triage.train(at=LATER + timedelta(days=1))

    assert list(TriageModel.objects.filter(is_active=True)) == [second]
    assert second.pk != first.pk


@pytest.mark.req("CRM-5.1.1-e")
def test_before_the_first_version_the_likeness_of_words_answers(topics):
    found = triage.suggest("אני רוצה לסגור תיק, סגירת תיק", by=CustomerFactory().user, at=LATER)

    assert found[0][0].code == "closing"


@pytest.mark.req("CRM-5.1.1-e")
@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("most", [1, 2])
def test_no_more_topics_are_suggested_than_the_department_allows_the_likeliest_first(topics, settings, most, trained):
    settings.TRIAGE_SUGGESTIONS = most
    if trained:
        triage.train(at=LATER)

    found = triage.suggest("החזר מס, ואולי גם סגירת תיק", by=CustomerFactory().user, at=LATER)

    assert len(found) == most
    confidences = [offered.confidence for _triplet, offered in found]
    assert confidences == sorted(confidences, reverse=True)
    assert [offered.rank for _triplet, offered in found] == list(range(1, most + 1))


@pytest.mark.req("CRM-5.1.1-e")
@pytest.mark.parametrize("trained", [True, False])
def test_an_internal_triplet_is_never_suggested_not_even_to_an_employee(topics, trained):
    TripletFactory(code="internal", sub_topic="פנים ארגוני", detail="סגירת תיק", is_internal=True)
    if trained:
        triage.train(at=LATER)

    for user in (CustomerFactory().user, UserFactory(roles=[Role.HEAD_TEAM_MEMBER])):
        found = triage.suggest("סגירת תיק פנים ארגוני", by=user, at=LATER)
        assert "internal" not in {triplet.code for triplet, _one in found}


@pytest.mark.req("CRM-5.1.1-e")
def test_when_the_adapter_is_down_nothing_is_suggested_and_the_opening_succeeds(topics, settings):
    settings.REGISTERS = {**settings.REGISTERS, "triage": DOWN}
    customer = CustomerFactory()

    assert triage.suggest("סגרתי את העסק שלי ואני רוצה לסגור", by=customer.user, at=LATER) == []
    inquiry = opening.open_by_customer(
        by=customer.user, at=LATER, triplet_id=topics["refund"].pk, description="שאלה על החזר"
    )

    assert inquiry.number


@pytest.mark.req("CRM-5.1.1-e")
def test_what_was_offered_its_rank_and_the_choice_are_kept(topics):
    customer = CustomerFactory()
    found = [triage.Suggested(topics["closing"].pk, 0.7, 1), triage.Suggested(topics["refund"].pk, 0.2, 2)]

    inquiry = opening.open_by_customer(
        by=customer.user, at=LATER, triplet_id=topics["refund"].pk, description="שאלה על החזר", suggested=found
    )

    kept = TriageSuggestion.objects.filter(inquiry=inquiry).values_list("rank", "triplet__code", "was_chosen")
    assert list(kept) == [(1, "closing", False), (2, "refund", True)]


@pytest.mark.req("CRM-5.1.1-g")
def test_the_export_masks_who_it_was_and_holds_only_what_was_judged(topics):
    customer = topics["inquiry"].customer
    said = f"אני {customer}, ת.ז {customer.id_number}, טלפון 050-1234567, רוצה החזר"
    Inquiry.objects.filter(pk=topics["inquiry"].pk).update(description=said)
    waiting = InquiryFactory(team=topics["inquiry"].handling_team, description="טרם תוקפה")

    rows = exporting_triage.export(by=UserFactory(roles=[Role.CRM_ADMIN]), at=LATER)

    text = "\n".join(",".join(row) for row in rows)
    assert customer.id_number not in text
    assert "1234567" not in text
    assert customer.last_name not in text
    assert "רוצה החזר" in text
    assert waiting.description not in text
    assert len(rows) == 1 + 61
    row = dict(zip(rows[0], next(row for row in rows if "רוצה החזר" in row[0]), strict=True))
    assert (row["chosen_triplet"], row["verdict"], row["final_triplet"]) == ("refund", "correct", "refund")
    assert AuditEvent.objects.get(action="triage.export").after == {"rows": 61}


@pytest.mark.req("CRM-5.1.1-g")
@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.BI_ANALYST, Role.AUDITOR])
def test_nobody_but_the_department_exports(role):
    with pytest.raises(Refused) as refused:
        exporting_triage.export(by=UserFactory(roles=[role]), at=LATER)
    assert refused.value.code == Code.PERMISSION_DENIED
    assert AuditEvent.objects.filter(action="triage.export", outcome="refused").exists()


def test_the_queries_of_the_export_do_not_grow_with_the_inquiries(topics, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        exporting_triage.export(by=None, at=LATER)


def test_the_command_tells_how_well_it_does_beside_the_baseline(topics, capsys):
    call_command("triage", "evaluate")
    call_command("triage", "train")
    call_command("triage", "export")

    said = capsys.readouterr().out
    assert "classifier: top-1" in said
    assert "commonest: top-1" in said
    assert "description,suggested_1" in said
