"""How well the classifier suggests topics, for the CRM department (CRM-5.1.1-e, CRM-5.1.1-g)."""

import csv
import io
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..rules.access import Action
from ..rules.cells import neutral
from ..selectors import triage as selectors
from ..services import exporting_triage, triage
from .who import user_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One measured share; the baseline is drawn quieter."""

    label: Promise
    share: float
    is_baseline: bool

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@require_GET
@may(Action.VIEW_TRIAGE)
def page(request: HttpRequest) -> HttpResponse:
    """Show the versions of the classifier, and how often it was right on what it had not seen."""
    models = selectors.models_listed()
    active = next((model for model in models if model.is_active), None)
    shares = (
        [
            (_("The right topic was the first suggestion"), active.top_1, False),
            (_("Always the commonest topic"), active.baseline_top_1, True),
            (_("The right topic was among three suggestions"), active.top_3, False),
            (_("Always the three commonest topics"), active.baseline_top_3, True),
        ]
        if active is not None
        else []
    )
    offered, chosen, first = selectors.choices_counted()
    context = {
        "models": models,
        "active": active,
        "bars": [Bar(label, share, quiet) for label, share, quiet in shares if share is not None],
        "offered": offered,
        "chosen": chosen,
        "first": first,
        "verdicts": selectors.judged().count(),
    }
    return render(request, "inquiries/triage.html", context)


@require_POST
@may(Action.VIEW_TRIAGE)
def train(request: HttpRequest) -> HttpResponseBase:
    """Learn now, without waiting for the night."""
    model = triage.train(by=user_of(request), at=timezone.now())
    said = _("A new version was trained and is in use.") if model else _("There is nothing new to learn from yet.")
    return pages.done(request, said, to=redirect("inquiries:triage").url)


@require_POST
@may(Action.EXPORT_TRIAGE)
def export(request: HttpRequest) -> HttpResponse:
    """The verdicts without identifiers, as a file that spreadsheets read."""
    rows = exporting_triage.export(by=user_of(request), at=timezone.now())
    written = io.StringIO()
    csv.writer(written).writerows([neutral(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="triage.csv"'
    return response
