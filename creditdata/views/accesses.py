"""The access log: searched by subject, narrowed, taken out as a file; each look into it is itself in it (CRD-77-c)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from crm_portal.audit.labels import OUTCOME
from crm_portal.errors import Refused
from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import Role
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM, act
from crm_portal.ui.forms import note_refused
from inquiries.rules.figures import ExportFormat
from inquiries.selectors.reports.shapes import Column, Kind
from inquiries.services.sheets import TYPES, write

from .. import control_words
from ..forms.control import AccessForm, ReasonsForm, SubjectForm
from ..models import AccessLog, Licensee
from ..models.subjects import number_hash
from ..rules.access import Action
from ..rules.accesses import FieldsClass, Purpose
from ..rules.vital import Operation
from ..selectors import accesses as log
from ..selectors.members import places_of
from ..services import dual_control, exporting
from ..services.accesses import Access, record_access
from .who import user_of

READERS = frozenset({Role.LICENSEE_SECURITY, Role.REGISTRAR_OFFICER})
LIST = "access_log"
COLUMNS = (
    Column(_("Time"), Kind.TEXT),
    Column(_("Who"), Kind.TEXT),
    Column(_("Roles"), Kind.TEXT),
    Column(_("From where"), Kind.TEXT),
    Column(_("Licensee"), Kind.TEXT),
    Column(_("Subject (hash)"), Kind.TEXT),
    Column(_("Object"), Kind.TEXT),
    Column(_("Purpose"), Kind.TEXT),
    Column(_("Reference"), Kind.TEXT),
    Column(_("What was seen"), Kind.TEXT),
    Column(pgettext_lazy("creditdata", "Result"), Kind.TEXT),
)


@require_GET
@may(Action.READ_ACCESS_LOG)
def show_log(request: HttpRequest) -> HttpResponse:
    """The log, narrowed by what the address says."""
    return _show(request, AccessForm(request.GET))


def _show(
    request: HttpRequest,
    form: AccessForm,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    subject_form: SubjectForm | None = None,
    export_form: ReasonsForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "subject_form": subject_form or SubjectForm(),
        "export_form": export_form,
        "refused": refused,
        "page": log.Page(),
    }
    if not form.is_valid():
        return pages.show(request, "creditdata/control/accesses.html", context, status=422)
    wanted, user = form.wanted, user_of(request)
    older = request.GET.get("older", "")
    context["page"] = log.page_of(log.search(user, wanted), int(older) if older.isdecimal() else None)
    context["narrowing"] = _query(wanted.narrowing)
    context["subject"] = wanted.subject
    _tell(request, wanted)
    return pages.show(request, "creditdata/control/accesses.html", context, status=status)


@require_POST
@may(Action.READ_ACCESS_LOG)
def find(request: HttpRequest) -> HttpResponseBase:
    """Go to the accesses of a subject: by the hash of the number, which stands in no address itself."""
    form = SubjectForm(request.POST)
    if not form.is_valid():
        note_refused(request, form, timezone.now())
        return _show(request, AccessForm({}), status=422, subject_form=form)
    given = form.cleaned_data
    found = number_hash(given["id_kind"], given["number"], given["country"])
    return redirect(f"{reverse('credit:accesses')}?subject={found.hex()}")


@require_GET
@may(Action.READ_ACCESS_LOG)
def export(request: HttpRequest) -> HttpResponseBase:
    """The log as a CSV file; of more than a thousand rows once a second person approved it."""
    form, user, now = AccessForm(request.GET), user_of(request), timezone.now()
    if not form.is_valid():
        return _show(request, form)
    wanted, place = form.wanted, _place(request)
    rows = log.search(user, wanted)
    count = rows.count()
    try:
        exporting.require_approval(
            name=LIST, narrowing=wanted.narrowing, rows=count, licensee_id=place.pk if place else None, by=user, at=now
        )
    except Refused as refused:
        note_refused(request, refused, now)
        return _show(request, form, status=409, refused=sentences(refused), export_form=ReasonsForm())
    file = BytesIO()
    write(ExportFormat.CSV, file, COLUMNS, _rows(rows))
    _tell(request, wanted, exported=count)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="access-log.csv", content_type=TYPES[ExportFormat.CSV])


@FORM
@may(Action.READ_ACCESS_LOG)
def propose_export(request: HttpRequest) -> HttpResponseBase:
    """Propose that a large part of the log be taken out."""
    form, place = AccessForm(request.GET), _place(request)
    if not form.is_valid():
        return _show(request, form)

    def again(*, status: int, refused: list[str], forms_in_place: dict[str, Any]) -> HttpResponse:
        return _show(
            request, form, status=status, refused=refused, export_form=forms_in_place.get("export", ReasonsForm())
        )

    return act(
        request, dual_control.propose, said=_("Proposed. A second person decides within 24 hours."),
        to=reverse("credit:proposals", args=["own"]), again=again, form=ReasonsForm(request.POST), place="export",
        arguments={
            "operation": Operation.EXPORT_MANY,
            "licensee_id": place.pk if place else None,
            "payload": exporting.payload(LIST, form.wanted.narrowing),
        },
    )  # fmt: skip


def _place(request: HttpRequest) -> Licensee | None:
    """Where the reader works: the Registrar where he works for him, else his licensee."""
    places = places_of(user_of(request), READERS)
    return None if None in places or not places else places[0]


def _tell(request: HttpRequest, wanted: log.Wanted, *, exported: int | None = None) -> None:
    """A look into the log is an access like another, found under the subject that was looked for."""
    record_access(
        licensee=_place(request),
        subjects=[],
        extra_hash=bytes.fromhex(wanted.subject) if wanted.subject else None,
        access=Access(
            LIST,
            "" if exported is None else f"export {exported}",
            FieldsClass.LOG,
            Purpose.SECURITY
            if request.user and user_of(request).holds(Role.LICENSEE_SECURITY)
            else Purpose.SUPERVISION,
        ),
        by=user_of(request),
        at=timezone.now(),
    )


def _query(narrowing: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(narrowing)
    return query.urlencode()


def _rows(rows: Any) -> Iterator[list[Any]]:
    results = dict(OUTCOME)
    row: AccessLog
    for row in rows.iterator(chunk_size=2000):
        yield [
            timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M:%S"),
            row.principal,
            row.event.actor_roles,
            row.event.origin or "",
            row.licensee.name if row.licensee else "",
            bytes(row.subject_hash).hex() if row.subject_hash is not None else "",
            f"{row.object_type} {row.object_id}".strip(),
            str(control_words.ACCESS_PURPOSE[Purpose(row.purpose)]) if row.purpose else "",
            row.reference,
            str(control_words.FIELDS_CLASS[FieldsClass(row.fields_class)]),
            " ".join(filter(None, [str(results[row.result]), row.code])),
        ]
