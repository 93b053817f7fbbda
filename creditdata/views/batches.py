"""Batches: what sources supplied, what became of each row, and sending a file on a source's behalf (CRD-0-g, 0-h)."""

import csv
import json
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import Role
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM, act
from crm_portal.worktime.rules.periods import day_of

from ..forms.batches import BatchForm
from ..labels import ROW_STATUS
from ..models import IntakeBatch, Licensee
from ..rules.access import Action
from ..rules.accesses import FieldsClass, Purpose
from ..rules.codes import RecordKind, RowStatus
from ..selectors import batches
from ..selectors.members import places_of
from ..services import receiving
from ..services.accesses import Access, record_access
from ..services.receiving import Supply
from .who import user_of

PER_PAGE, ROWS_PER_PAGE = 25, 50
MOST_EXPORTED = 1_000  # more is a bulk export, which two persons approve (CRD-0-n)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
@may(Action.TAKE_IN)
def show_batches(request: HttpRequest) -> HttpResponse:
    """The batches of the user's licensee, what is late, and the form for a file."""
    return _show(request)


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    licensee = _licensee(request)
    context = {
        "licensee": licensee,
        "page": Paginator(batches.batches_of(licensee), PER_PAGE).get_page(request.GET.get("page")),
        "late": batches.late_for(licensee),
        "form": (forms_in_place or {}).get("batch") or _form(licensee),
        "refused": refused,
    }
    return pages.show(request, "creditdata/intake/batches.html", context, status=status)


@FORM
@may(Action.TAKE_IN)
def send(request: HttpRequest) -> HttpResponseBase:
    """Hand in a file that a source gave to the licensee."""
    licensee = _licensee(request)
    form = _form(licensee, request.POST, request.FILES)
    return act(
        request, receiving.receive, said=gettext_lazy("The batch was received. It is being read."),
        to=reverse("credit:batches"), again=partial(_show, request), form=form, place="batch",
        arguments={"licensee_id": licensee.pk}, given=_given,
    )  # fmt: skip


@require_GET
@may(Action.TAKE_IN)
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One batch: its counters, and its rows by status; what a row says is not shown here."""
    found = _batch(request, pk)
    wanted = request.GET.get("status", "")
    status = RowStatus(wanted) if wanted in set(RowStatus) else None
    page = Paginator(batches.rows_in(found, status), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    counts = {
        RowStatus.ACCEPTED: found.accepted,
        RowStatus.REJECTED: found.rejected,
        RowStatus.NEEDS_REVIEW: found.needs_review,
        RowStatus.DUPLICATE: found.duplicate,
    }
    context = {
        "batch": found,
        "page": page,
        "rows": [(row, batches.problems_of(row)) for row in page.object_list],
        "status": status or "",
        "counts": [(one, ROW_STATUS[one], count) for one, count in counts.items()],
        "left_out": found.rejected + found.needs_review,
        "most": MOST_EXPORTED,
    }
    return pages.show(request, "creditdata/intake/batch.html", context, fragment="creditdata/intake/_batch.html")


@require_POST
@may(Action.TAKE_IN)
def not_taken(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that were rejected or wait, as they came and with every reason, for the source; the log keeps it."""
    found = _batch(request, pk)
    if found.rejected + found.needs_review > MOST_EXPORTED:
        raise Http404
    rows = list(batches.not_taken(found, MOST_EXPORTED))
    subjects = {row.subject for row, _problems in rows if row.subject is not None}
    record_access(
        licensee=found.licensee, subjects=subjects, by=user_of(request), at=timezone.now(),
        access=Access("intake_batch", str(found.pk), FieldsClass.RAW_ROW, Purpose.INTAKE_REVIEW, str(found.pk)),
    )  # fmt: skip
    return _sheet(found, rows)


@require_GET
@may(Action.VIEW_LATE)
def show_late(request: HttpRequest) -> HttpResponse:
    """Every supply that is late now, for the Registrar (CRD-0-d)."""
    page = Paginator(batches.every_late(), PER_PAGE).get_page(request.GET.get("page"))
    return pages.show(request, "creditdata/intake/late.html", {"page": page, "today": day_of(timezone.now())})


def _sheet(found: IntakeBatch, rows: list[tuple[Any, list[batches.Problem]]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="batch-{found.pk}.csv"'
    raws = [json.loads(row.raw) for row, _problems in rows]
    names = list(dict.fromkeys(name for raw in raws for name in raw))
    lines = csv.writer(response)
    lines.writerow([_("Row"), _("Status"), _("Reasons"), *names])
    for (row, problems), raw in zip(rows, raws, strict=True):
        reasons = "; ".join(f"{one.field}: {one.message} ({one.code})" for one in problems)
        lines.writerow(
            [row.number, row.get_status_display(), reasons, *(_harmless(raw.get(name, "")) for name in names)]
        )
    return response


def _harmless(text: str) -> str:
    """A cell that a spreadsheet takes for a formula is text all the same."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _form(licensee: Licensee, *sent: Any) -> BatchForm:
    today = day_of(timezone.now())
    sources = batches.suppliers_of(licensee, today)
    return BatchForm(*sent, sources=sources, initial={"made_available_on": today})


def _given(form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "source_id": given["source"].pk,
        "content": given["file"].chunks(),
        "supply": Supply(
            kind=RecordKind(given["kind"]),
            made_available_on=given["made_available_on"],
            as_of=given["as_of"],
            declared_rows=given["declared_rows"],
            file_name=given["file"].name,
        ),
    }


def _batch(request: HttpRequest, pk: UUID) -> IntakeBatch:
    return get_object_or_404(batches.batches_of(_licensee(request)).select_related("licensee", "sent_by"), pk=pk)


def _licensee(request: HttpRequest) -> Licensee:
    """
    The licensee whose batches the user takes in.

    :raises Http404: when he does so for none
    """
    places = [place for place in places_of(user_of(request), {Role.LICENSEE_INTAKE}) if place is not None]
    if not places:
        raise Http404
    return places[0]
