"""What the classifier learns from, and its versions (CRM-5.1.1-e, CRM-5.1.1-g)."""

from datetime import datetime

from django.db.models import F, Prefetch, QuerySet

from ..models import Inquiry, TriageModel, TriageSuggestion
from ..rules.codes import TripletValidation
from ..rules.triage import Verdict


def judged() -> QuerySet[Inquiry]:
    """The inquiries whose triplet an employee judged: right as chosen, or wrong and corrected since."""
    decided = Inquiry.objects.submitted().filter(customer_triplet__isnull=False, triplet__is_internal=False)
    right = decided.filter(triplet_validation=TripletValidation.CORRECT.value)
    corrected = decided.filter(triplet_validation=TripletValidation.INCORRECT.value)
    return right | corrected.exclude(triplet=F("customer_triplet"))


def verdicts(*, since: datetime | None = None, until: datetime | None = None) -> list[Verdict]:
    """What there is to learn from, of inquiries changed in a period."""
    rows = judged()
    if since is not None:
        rows = rows.filter(updated_at__gt=since)
    if until is not None:
        rows = rows.filter(updated_at__lte=until)
    found = rows.order_by("pk").values_list("number", "description", "triplet__code")
    return [Verdict(str(number), text, code) for number, text, code in found.iterator(chunk_size=2000)]


def for_export() -> QuerySet[Inquiry]:
    """The judged inquiries with all that the export tells of each, in a fixed number of queries."""
    suggested = TriageSuggestion.objects.select_related("triplet").order_by("rank")
    related = ("customer", "representative", "opened_by", "customer_triplet", "triplet")
    shown = (
        judged()
        .select_related(*related)
        .prefetch_related(Prefetch("triage_suggestions", suggested), "customer__tax_files")
    )
    return shown.order_by("pk")


def active_model() -> TriageModel | None:
    return TriageModel.objects.filter(is_active=True).first()


def models_listed(limit: int = 30) -> list[TriageModel]:
    """The latest versions, without their content."""
    return list(TriageModel.objects.defer("content")[:limit])


def choices_counted() -> tuple[int, int, int]:
    """At how many openings something was suggested, and how often one of it, or the first, was chosen."""
    rows = TriageSuggestion.objects.all()
    return (
        rows.filter(rank=1).count(),
        rows.filter(was_chosen=True).count(),
        rows.filter(was_chosen=True, rank=1).count(),
    )
