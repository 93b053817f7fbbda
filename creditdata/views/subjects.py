"""The file of a subject, opened by number and for a stated purpose; each opening is in the access log (CRD-77-c)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.errors import HTTP_STATUS, Refused
from crm_portal.people.permissions import may
from crm_portal.people.rules.roles import Role
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM
from crm_portal.ui.forms import note_refused
from crm_portal.worktime.rules.periods import day_of

from ..control_words import ACCESS_PURPOSE
from ..forms.control import FindSubjectForm, PurposeForm
from ..models import AccessLog, DataSubject, Licensee, Record
from ..models.subjects import number_hash
from ..rules.access import TABLE, Action
from ..rules.accesses import FieldsClass, Purpose
from ..rules.reasons import Reason
from ..selectors.members import places_of
from ..selectors.parameters import parameters_on
from ..selectors.reporting import draft
from ..services.accesses import Access, open_subject, record_access
from .explaining import explained
from .who import user_of

ACCESSES_SHOWN = 20


@FORM
@may(Action.VIEW_SUBJECT)
def find(request: HttpRequest) -> HttpResponseBase:
    """Ask whose file is opened and for what; the number is sent in the body and stands in no address."""
    user, licensee = user_of(request), _licensee(request)
    form = FindSubjectForm(request.POST if request.method == "POST" else None, roles=_roles(request))
    context = {"form": form, "licensee": licensee, "is_missing": False}
    if request.method != "POST":
        return pages.show(request, "creditdata/control/find_subject.html", context)
    if not form.is_valid():
        note_refused(request, form, timezone.now())
        return pages.show(request, "creditdata/control/find_subject.html", context, status=422)
    given = form.cleaned_data
    key = given["id_kind"], given["number"], given["country"]
    found = DataSubject.objects.for_licensee(licensee).known_as(*key).first()
    if found is not None:
        said = QueryDict(mutable=True)
        said.update({"purpose": given["purpose"], "reference": given["reference"]})
        return redirect(f"{reverse('credit:subject', args=[found.pk])}?{said.urlencode()}")
    record_access(
        licensee=licensee, subjects=[], extra_hash=number_hash(*key), by=user, at=timezone.now(),
        access=Access("subject", "", FieldsClass.IDENTITY, given["purpose"], given["reference"]),
    )  # fmt: skip
    return pages.show(request, "creditdata/control/find_subject.html", {**context, "is_missing": True})


@require_GET
@may(Action.VIEW_SUBJECT)
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held about a subject, what a report would show of it, who looked at it; or the question what for."""
    licensee = _licensee(request)
    access = Access(
        "subject", str(pk), FieldsClass.WHOLE_FILE, request.GET.get("purpose", ""), request.GET.get("reference", "")
    )
    try:
        found = open_subject(licensee=licensee, subject_id=pk, access=access, by=user_of(request), at=timezone.now())
    except Refused as refused:
        asked: dict[str, Any] = {
            "form": PurposeForm(roles=_roles(request)) if refused.code is Reason.PURPOSE_REQUIRED else None,
            "refused": sentences(refused),
        }
        return pages.show(request, "creditdata/control/purpose.html", asked, status=HTTP_STATUS[refused.code])
    accesses = AccessLog.objects.for_licensee(licensee).of_subject_hash(bytes(found.number_hash))
    today = day_of(timezone.now())
    context = {
        "subject": found,
        "access": access,
        "purpose": ACCESS_PURPOSE[Purpose(access.purpose)],
        "records": Record.objects.for_licensee(licensee).filter(subject=found).select_related("source"),
        "report": explained(draft(found, today, parameters=parameters_on(today))),
        "accesses": accesses.select_related("event")[:ACCESSES_SHOWN],
    }
    return pages.show(request, "creditdata/control/subject.html", context)


def _roles(request: HttpRequest) -> frozenset[Role]:
    return user_of(request).roles & TABLE[Action.VIEW_SUBJECT]


def _licensee(request: HttpRequest) -> Licensee:
    """
    The licensee for which the user opens files.

    :raises Http404: when he is a member of none
    """
    places = [place for place in places_of(user_of(request), TABLE[Action.VIEW_SUBJECT]) if place is not None]
    if not places:
        raise Http404
    return places[0]
