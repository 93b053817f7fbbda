"""Response templates: the list, one template with its versions, writing and deciding (screen E17)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.templates import RejectForm, TemplateFilterForm, TemplateForm
from ..models import ResponseTemplate
from ..rules.access import Action
from ..rules.codes import TemplateState
from ..rules.templates import Step, steps_for
from ..selectors import templates as selectors
from ..services import templates
from .who import user_of

PAGE = 40
ACTS: Mapping[Step, tuple[Callable[..., ResponseTemplate], Promise]] = {
    Step.SUBMIT: (templates.submit, _("The template was sent for approval.")),
    Step.RETIRE: (templates.retire, _("The template is no longer used.")),
    Step.APPROVE: (templates.approve, _("The template was approved. It can be used from now on.")),
    Step.REJECT: (templates.reject, _("The template was rejected. Its author sees the reason.")),
}


@require_GET
@may(Action.DRAFT_TEMPLATE)
def listing(request: HttpRequest) -> HttpResponse:
    """List the templates of the employee's units and of all units, those in use first."""
    form = TemplateFilterForm(request.GET)
    form.is_valid()
    found = selectors.saying(selectors.visible_to(user_of(request)), form.cleaned_data.get("q", ""))
    if state := form.cleaned_data.get("state"):
        found = found.filter(state=state)
    listed = selectors.in_order(selectors.with_triplets(selectors.with_uses(found)))
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "pending": selectors.pending_for(user_of(request))}
    return pages.show(request, "inquiries/templates.html", context, fragment="inquiries/_template_rows.html")


@require_GET
@may(Action.DRAFT_TEMPLATE)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a template as it would be inserted, and what may be done with it."""
    return show(request, found(request, pk))


@require_http_methods(["GET", "POST"])
@may(Action.DRAFT_TEMPLATE)
def new(request: HttpRequest) -> HttpResponseBase:
    """Write a template."""
    scopes = selectors.scopes_of(user_of(request))
    form = TemplateForm(sent(request), scopes=scopes)
    if request.method == "POST":
        saved = save(request, form, templates.draft)
        if saved is not None:
            return pages.done(request, _("The draft was saved. Send it for approval when it is ready."), to=at(saved))
    return render(
        request, "inquiries/template_form.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@require_http_methods(["GET", "POST"])
@may(Action.DRAFT_TEMPLATE)
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a template; the former version is kept."""
    template = found(request, pk)
    if Step.EDIT not in steps(request, template):
        raise Http404
    scopes = selectors.scopes_of(user_of(request))
    form = TemplateForm(sent(request), scopes=scopes, initial=TemplateForm.values_of(template))
    if request.method == "POST":
        version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0
        saved = save(request, form, templates.edit, template_id=pk, version=version)
        if saved is not None:
            waits = saved.state == TemplateState.PENDING_APPROVAL.value
            said = _("Saved. The template waits for approval.") if waits else _("Saved.")
            return pages.done(request, said, to=at(saved))
        template.refresh_from_db()
        typed = request.POST.copy()  # what was typed can be sent again, on top of what is there now
        typed["version"] = str(template.version)
        form.data = typed
    context = {"form": form, "template": template, "in_use": template.state == TemplateState.APPROVED.value}
    return render(request, "inquiries/template_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@may(Action.DRAFT_TEMPLATE)
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a draft for approval."""
    return act(request, pk, Step.SUBMIT)


@require_POST
@may(Action.DRAFT_TEMPLATE)
def retire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a template out of use."""
    return act(request, pk, Step.RETIRE)


@require_POST
@may(Action.APPROVE_TEMPLATE)
def approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve a template that somebody else wrote."""
    return act(request, pk, Step.APPROVE)


@require_POST
@may(Action.APPROVE_TEMPLATE)
def reject(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a template back with the reason."""
    form = RejectForm(request.POST)
    if not form.is_valid():
        note_refused(request, form, timezone.now(), target=("responsetemplate", pk))
        return show(request, found(request, pk), reject_form=form, status=422)
    return act(request, pk, Step.REJECT, form=form, reason=form.cleaned_data["reason"])


def act(request: HttpRequest, pk: int, step: Step, *, form: RejectForm | None = None, **given: Any) -> HttpResponse:
    """Take one step with the version that was read; a refused one shows the template as it now is."""
    template = found(request, pk)
    command, said = ACTS[step]
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0
    try:
        command(template_id=pk, by=user_of(request), at=timezone.now(), version=version, **given)
    except Refused as refused:
        if form is not None and refused.code is Code.FIELD_REQUIRED:
            explain(form, refused)
            return show(request, template, reject_form=form, status=422)
        return show(request, found(request, pk), refused=sentences(refused), status=422)
    return pages.done(request, said, to=reverse("inquiries:template", args=[pk]))


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form sent; an empty one too is an answer."""
    return request.POST if request.method == "POST" else None


def save(
    request: HttpRequest, form: TemplateForm, command: Callable[..., ResponseTemplate], **given: Any
) -> ResponseTemplate | None:
    """Keep what was typed; none when it was refused, with the reasons at their fields."""
    if not form.is_valid():
        note_refused(request, form, timezone.now())
        return None
    try:
        return command(by=user_of(request), at=timezone.now(), content=form.content(), **given)
    except Refused as refused:
        explain(form, refused)
        return None


def show(request: HttpRequest, template: ResponseTemplate, *, status: int = 200, **context: Any) -> HttpResponse:
    """Present one template."""
    shown = {
        "template": template,
        "triplets": list(template.triplets.select_related("tax_system")),
        "versions": selectors.versions_of(template),
        "steps": steps(request, template),
        "reject_form": RejectForm(),
        **context,
    }
    return render(request, "inquiries/template.html", shown, status=status)


def found(request: HttpRequest, pk: int) -> ResponseTemplate:
    """The template, when the employee may see it."""
    templates_seen = selectors.with_uses(selectors.visible_to(user_of(request)).select_related("decided_by"))
    template = templates_seen.filter(pk=pk).first()
    if template is None:
        raise Http404
    return template


def steps(request: HttpRequest, template: ResponseTemplate) -> tuple[Step, ...]:
    return steps_for(TemplateState(template.state), selectors.asking(user_of(request), template))


def at(template: ResponseTemplate) -> str:
    return reverse("inquiries:template", args=[template.pk])
