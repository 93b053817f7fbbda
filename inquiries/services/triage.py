"""Suggest triplets for what somebody wrote, keep what was suggested, and teach the classifier (CRM-5.1.1-e)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from crm_portal import registers
from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.people.models import User
from crm_portal.registers.adapters.triage import LocalTriage, Suggestion
from crm_portal.registers.errors import RegisterUnavailable
from routing.models import Triplet
from routing.selectors import selectable_triplets

from ..models import Inquiry, TriageModel, TriageSuggestion
from ..rules import triage as rules
from ..rules.triage import Accuracy, Verdict
from ..selectors import triage as selectors
from .classifying import Classifier


@dataclass(frozen=True, slots=True)
class Suggested:
    """A triplet as it was offered to an inquirer."""

    triplet_id: int
    confidence: float
    rank: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination found, beside the baseline of the commonest triplets."""

    taught_on: int
    classifier: Accuracy
    baseline: Accuracy


class _Loaded:
    """The active version, kept by this process until another one becomes active."""

    pk: int | None = None
    classifier: Classifier | None = None
    samples = 0


class LearningTriage:
    """
    The adapter that `settings.REGISTERS` names: the classifier and the likeness of words, together.

    Before the first version the words answer alone; the more verdicts there are, the more the classifier is believed.
    """

    def suggest(self, description: str, candidates: Mapping[str, str], limit: int = 3) -> tuple[Suggestion, ...]:
        """The best of the candidates, best first."""
        classifier = active_classifier()
        if classifier is None:
            return LocalTriage().suggest(description, candidates, limit)
        scores = scored(description, candidates, classifier, samples=_Loaded.samples)
        return tuple(Suggestion(code, round(score, 3)) for code, score in rules.ranked(scores, limit=limit))


def active_classifier() -> Classifier | None:
    """The version in use; none before the first."""
    present = TriageModel.objects.filter(is_active=True)
    pk = present.values_list("pk", flat=True).first()
    if pk != _Loaded.pk:
        model = present.first()
        _Loaded.classifier = Classifier.load(bytes(model.content)) if model is not None else None
        _Loaded.samples = model.samples if model is not None else 0
        _Loaded.pk = model.pk if model is not None else None
    return _Loaded.classifier


def scored(text: str, candidates: Mapping[str, str], classifier: Classifier, *, samples: int) -> dict[str, float]:
    """How likely each candidate is, by the classifier and by the words."""
    likeness = {one.triplet: one.confidence for one in LocalTriage().suggest(text, candidates, len(candidates))}
    learned = classifier.scores(text, among=candidates.keys())
    return rules.blended(learned, likeness, trusted=rules.trust(samples, len(candidates)))


def suggest(description: str, *, by: User, at: datetime) -> list[tuple[Triplet, Suggested]]:
    """
    The likeliest triplets that this person may choose, best first; nothing when the adapter fails.

    Internal triplets are never among them, whoever asks.
    """
    if len(description.strip()) < rules.SHORTEST_DESCRIPTION:
        return []
    triplets = {triplet.code: triplet for triplet in selectable_triplets(by).filter(is_internal=False)}
    wordings = {code: str(triplet) for code, triplet in triplets.items()}
    try:
        with transaction.atomic():  # a fault of the database inside the adapter spoils nothing else
            found = registers.triage(by=by, at=at).suggest(
                description, wordings, limit=configured(options.TRIAGE_SUGGESTIONS)
            )
    except RegisterUnavailable:
        return []
    offered = [one for one in found if one.triplet in triplets]
    return [
        (triplets[one.triplet], Suggested(triplets[one.triplet].pk, one.confidence, rank))
        for rank, one in enumerate(offered, start=1)
    ]


def keep(inquiry: Inquiry, suggested: Sequence[Suggested]) -> None:
    """Keep what was offered at the opening, and which of it was chosen."""
    version = selectors.active_model() if suggested else None
    TriageSuggestion.objects.bulk_create(
        TriageSuggestion(
            inquiry=inquiry,
            triplet_id=one.triplet_id,
            rank=one.rank,
            confidence=one.confidence,
            was_chosen=one.triplet_id == inquiry.customer_triplet_id,
            model=version,
        )
        for one in suggested
    )


def examine(verdicts: Sequence[Verdict], classifier: Classifier | None, taught: Sequence[Verdict]) -> Examined:
    """Ask about verdicts that were held out, as inquirers ask, and the baseline too."""
    baseline = rules.commonest(taught)
    asked = sorted(verdicts, key=lambda verdict: verdict.key)[-rules.MOST_EXAMINED :]
    wordings = {triplet.code: str(triplet) for triplet in Triplet.objects.active().filter(is_internal=False)}
    said = []
    if classifier is not None:
        for verdict in asked:
            scores = scored(verdict.text, wordings, classifier, samples=len(taught))
            said.append((verdict.triplet, [code for code, _score in rules.ranked(scores, limit=3)]))
    return Examined(
        len(taught), rules.accuracy(said), rules.accuracy([(verdict.triplet, baseline) for verdict in asked])
    )


def evaluate() -> Examined:
    """Learn from all verdicts but the held-out ones, and be examined on those; nothing is kept."""
    taught, held_out = rules.split(selectors.verdicts())
    return examine(held_out, Classifier.taught(taught), taught)


@command("triage.train")
def train(*, at: datetime, by: User | None = None, from_the_beginning: bool = False) -> TriageModel | None:
    """
    Make a new version from the verdicts given until now, and use it; none when there is nothing new or too little.

    The present version learns on from what is new; where a triplet is new to it, it learns from the beginning.
    """
    present = TriageModel.objects.select_for_update().filter(is_active=True).first()
    since = present.learned_to if present is not None else None
    taught, held_out = rules.split(selectors.verdicts(until=at))
    new = rules.split(selectors.verdicts(since=since, until=at))[0] if since else taught
    if not new:
        return None
    classifier = None
    if present is not None and not from_the_beginning:
        classifier = Classifier.load(bytes(present.content))
        if {verdict.triplet for verdict in new} <= set(classifier.triplets):
            classifier.learn(new)
        else:
            classifier = None
    classifier = classifier or Classifier.taught(taught)
    if classifier is None:
        return None
    found = examine(held_out, classifier, taught)
    TriageModel.objects.filter(is_active=True).update(is_active=False)
    model = TriageModel.objects.create(
        trained_at=at,
        learned_to=at,
        samples=len(taught),
        content=classifier.dump(),
        measured_on=found.baseline.measured_on,
        top_1=found.classifier.top_1,
        top_3=found.classifier.top_3,
        baseline_top_1=found.baseline.top_1,
        baseline_top_3=found.baseline.top_3,
        is_active=True,
    )
    recording.record("triage.train", by=by, at=at, target=model, after={"samples": model.samples})
    return model
