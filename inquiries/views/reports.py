"""The management reports: their index, one report with its filters, and its files (screen E19)."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from crm_portal.audit.services import recording
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import note_refused

from ..forms.filters import FilterForm
from ..forms.reports import ReportForm
from ..models import FiguresState, ReportExport
from ..rules.access import Action
from ..rules.figures import ExportFormat, ExportState
from ..selectors.moments import Moment
from ..selectors.pages import Cursor, Order, page_of
from ..selectors.reports import Question, Report, report_of, reports_by_subject
from ..selectors.reports.question import is_local
from ..selectors.reports.records import as_breaches, past_target
from ..selectors.views import view_of
from ..selectors.visibility import unit_ids
from ..services import exporting, sheets
from .who import user_of

LISTS_BREACHES = "R2"
Response = TypeVar("Response", bound=HttpResponseBase)


class Records:
    """Where the inquiries behind a figure are listed, if any list of the reader's shows just those (CRM-3.1-c)."""

    def __init__(self, question: Question) -> None:
        user = question.user
        self.view = view_of(user, "all_inquiries") or (view_of(user, "unit_all") if is_local(user) else None)
        filters = {
            "opened_from": question.since.isoformat(),
            "opened_to": question.until.isoformat(),
            "triplet": question.triplet,
            "team": question.team,
            "channel": question.channel,
        }
        self.filters = {name: str(value) for name, value in filters.items() if value}
        one_unit = question.unit is None or unit_ids(user) == {question.unit}
        if question.tax_system or not one_unit or not self.filters.keys() <= FilterForm.base_fields.keys():
            self.view = None

    def address(self, filters: Mapping[str, str] | None) -> str:
        """The list with these filters besides the question's; nothing where there is none."""
        if self.view is None or filters is None:
            return ""
        return f"{reverse('inquiries:view', args=[self.view.key])}?{urlencode({**self.filters, **filters})}"


@require_GET
@may(Action.VIEW_REPORTS)
def index(request: HttpRequest) -> HttpResponse:
    """Show the reports there are, and the exports that were asked for."""
    user = user_of(request)
    context = {
        "subjects": reports_by_subject(),
        "state": _state(),
        "exports": ReportExport.objects.filter(asked_by=user)[:5] if user.may(Action.EXPORT_REPORTS) else (),
    }
    return pages.show(request, "inquiries/reports/index.html", context)


@require_GET
@may(Action.VIEW_REPORTS)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Show one report for the period and filters of the address."""
    user, now, found = user_of(request), Moment.of(timezone.now()), _report_or_404(key)
    form = ReportForm(request.GET, user=user, report=found, today=now.today)
    context: dict[str, Any] = {"report": found, "form": form, "state": _state()}
    if form.is_valid():
        question = form.question
        recording.record_read(
            "report.view", by=user, at=now.at, target_type="report", target_id=found.key,
            what=exporting.as_params(question),
        )  # fmt: skip
        context |= {
            "question": question,
            "answer": found.answer(question, now),
            "records": Records(question),
            "presets": _presets(form, now),
            "breaches": _breaches(request, found, question),
            "exports_figures": user.may(Action.EXPORT_REPORTS),
            "exports_records": found.has_records and user.may(Action.EXPORT_REPORTS) and user.may(Action.VIEW),
            "params": exporting.as_params(question),
        }
    else:
        note_refused(request, form, now.at, target=("report", found.key))
    return pages.show(
        request,
        "inquiries/reports/report.html",
        context,
        fragment="inquiries/reports/_report.html",
        status=200 if form.is_valid() else 422,
    )


@require_POST
@may(Action.EXPORT_REPORTS)
def export(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give a report's table, or the inquiries behind it, as a file: at once, or when a worker has written it."""
    user, at, found = user_of(request), timezone.now(), _report_or_404(key)
    form = ReportForm(request.POST, user=user, report=found, today=timezone.localdate(at))
    if not form.is_valid() or request.POST.get("format") not in list(ExportFormat):
        note_refused(request, form, at, target=("report", found.key))
        raise Http404
    wanted: dict[str, Any] = {"by": user, "at": at, "report": found.key, "question": form.question}
    kind, out = ExportFormat(request.POST["format"]), BytesIO()
    if request.POST.get("what") != "records":
        exporting.export_figures(**wanted, form=kind, out=out)
    elif not found.has_records:
        raise Http404
    elif exporting.is_long(form.question):
        return redirect("inquiries:export", exporting.ask_for_records(**wanted, form=kind).pk)
    else:
        exporting.export_records(**wanted, form=kind, out=out)
    return _file(out.getvalue(), kind, _name(found.key, form.question.until.isoformat(), kind))


@require_GET
@may(Action.EXPORT_REPORTS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an export has come; the page asks again by itself until it is over."""
    found = get_object_or_404(ReportExport, pk=pk, asked_by=user_of(request))
    context = {"export": found, "report": report_of(found.report), "kept_for": exporting.KEPT_FOR}
    return pages.show(request, "inquiries/reports/export.html", context, fragment="inquiries/reports/_export.html")


@require_GET
@may(Action.EXPORT_REPORTS)
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give an export to who asked for it."""
    user = user_of(request)
    found = get_object_or_404(ReportExport, pk=pk, asked_by=user, state=ExportState.READY.value)
    recording.record_read(
        "report.download", by=user, at=timezone.now(), target_type="report", target_id=found.report,
        what={"export": found.pk},
    )  # fmt: skip
    kind = ExportFormat(found.format)
    response = FileResponse(exporting.exports().open(found.file))
    return _headed(response, kind, _name(found.report, f"{timezone.localdate(found.asked_at)}", kind))


def _report_or_404(key: str) -> Report:
    found = report_of(key)
    if found is None:
        raise Http404
    return found


def _state() -> FiguresState | None:
    return FiguresState.objects.first()


def _breaches(request: HttpRequest, found: Report, question: Question) -> Any:
    """One page of the inquiries past their target; none for who may not see inquiries one by one."""
    if found.key != LISTS_BREACHES or not question.user.may(Action.VIEW):
        return None
    order = Order("opened")
    return page_of(past_target(question), order, Cursor.parse(request.GET.get("after", ""), order), drawn=as_breaches)


def _presets(form: ReportForm, now: Moment) -> list[tuple[str, str, bool]]:
    """Periods by one click, as (words' key, address, whether it is the one shown)."""
    today, params = now.today, exporting.as_params(form.question)
    begins = {
        "month": today.replace(day=1),
        "weeks": today - timedelta(days=83),
        "year": today.replace(month=1, day=1),
    }
    return [
        (name, f"?{urlencode({**params, 'since': since.isoformat(), 'until': today.isoformat()})}",
         (since, today) == (form.question.since, form.question.until))
        for name, since in begins.items()
    ]  # fmt: skip


def _name(report: str, day: str, kind: ExportFormat) -> str:
    return f"{report}-{day}.{kind.value}"


def _file(content: bytes, kind: ExportFormat, name: str) -> HttpResponse:
    return _headed(HttpResponse(content), kind, name)


def _headed(response: Response, kind: ExportFormat, name: str) -> Response:
    response["Content-Type"] = sheets.TYPES[kind]
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
