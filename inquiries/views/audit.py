"""Searching the audit (screen E20); each search is itself written into it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.services.recording import record_read
from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..audit_words import KINDS
from ..forms.audit import AuditForm
from ..rules.access import Action
from ..selectors.audited import Events, begins, page_of_events
from .who import user_of


@require_GET
@may(Action.SEARCH_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Search by object, person, period, action and outcome; nothing is shown until something is asked."""
    form, now = AuditForm(request.GET), timezone.now()
    today = timezone.localdate(now)
    context = {"form": form, "kinds": KINDS, "page": Events([]), "asked": False}
    if not form.is_valid():
        return pages.show(request, "inquiries/audit.html", context, status=422)
    wanted = form.wanted
    if not wanted.is_empty:
        what = {name: str(value) for name, value in form.cleaned_data.items() if value}
        record_read("audit.search", by=user_of(request), at=now, target_type="audit", what=what)
        cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
        page = page_of_events(wanted, today=today, **cursors)
        since = begins(wanted, today)
        context |= {"page": page, "asked": True, "since": since if wanted.since is None else None}
    return pages.show(request, "inquiries/audit.html", context)
