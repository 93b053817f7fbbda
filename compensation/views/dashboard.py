"""The dashboard of the fund's manager, and the list of claims as a sheet."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may
from inquiries.rules.figures import ExportFormat
from inquiries.selectors.reports.shapes import Column, Kind
from inquiries.services.sheets import TYPES, write

from .. import labels
from ..forms.queue import QueueForm
from ..models import Claim
from ..rules.access import Action
from ..selectors.dashboard import dashboard_of
from ..selectors.programmes import current
from ..selectors.queues import LISTED_WITH, QUEUES, claims_in, narrowed
from .who import user_of

COLUMNS = (
    Column(_("Claim"), Kind.TEXT),
    Column(_("Claimant"), Kind.TEXT),
    Column(_("Identity number"), Kind.TEXT),
    Column(_("Track"), Kind.TEXT),
    Column(_("Town"), Kind.TEXT),
    Column(_("State"), Kind.TEXT),
    Column(_("Filed on"), Kind.DAY),
    Column(_("To be decided by"), Kind.DAY),
    Column(_("Claimed"), Kind.NUMBER),
    Column(_("Determined"), Kind.NUMBER),
    Column(_("Clerk"), Kind.TEXT),
)


@require_GET
@may(Action.VIEW_DASHBOARD)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Claims by state, track and place; clocks at risk; money approved and paid."""
    now = timezone.now()
    board = dashboard_of(timezone.localdate(now), current().towns)
    context = {"board": board, "now": now, "tracks": labels.TRACK, "rows": dict(labels.LOCATION_ROW)}
    return render(request, "compensation/review/dashboard.html", context)


@require_GET
@may(Action.EXPORT)
def export(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """A queue, narrowed as it is on the screen, as CSV or XLSX."""
    if key not in QUEUES or kind not in {"csv", "xlsx"}:
        raise Http404
    user, form, today = user_of(request), QueueForm(request.GET), timezone.localdate()
    claims = narrowed(claims_in(QUEUES[key], user), **form.narrowing(today))
    file = BytesIO()
    written = ExportFormat(kind)
    rows = _rows(claims.order_by("decision_due_on", "pk").select_related(*LISTED_WITH).iterator(chunk_size=2000))
    count = write(written, file, COLUMNS, rows)
    what = {"queue": key, "kind": kind, "rows": count}
    record_read("claim.export", by=user, at=timezone.now(), target_type="queue", target_id=key, what=what)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"claims-{key}.{kind}", content_type=TYPES[written])


def _rows(claims: Iterator[Claim]) -> Iterator[list[Any]]:
    tracks, states = dict(labels.TRACK), dict(labels.CLAIM_STATE)
    for claim in claims:
        customer = claim.claimant.customer
        yield [
            claim.number,
            str(customer),
            customer.shown_number,
            str(tracks.get(claim.track, "")),
            claim.business_town,
            str(states[claim.state]),
            claim.filed_on,
            claim.decision_due_on,
            float(claim.claimed_amount) if claim.claimed_amount is not None else None,
            float(claim.determined_amount) if claim.determined_amount is not None else None,
            str(claim.clerk or ""),
        ]
