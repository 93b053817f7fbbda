"""The clerks' tasks on claims: what must be done by hand, such as finding another address (CMP-8.10-a)."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms.objections import TaskForm
from ..models import ClerkTask
from ..rules.access import Action
from ..services import notices
from .acting import FORM, act

A_PAGE = 25


@require_GET
@may(Action.REVIEW)
def tasks(request: HttpRequest) -> HttpResponse:
    return _show_tasks(request)


@FORM
@may(Action.REVIEW)
def do_task(request: HttpRequest, pk: int) -> HttpResponseBase:
    def again(**shown: Any) -> HttpResponse:
        return _show_tasks(request, failed=pk, **shown)

    return act(
        request, notices.do_task, said=_("The task is done."), to=reverse("objections:tasks"), again=again,
        form=TaskForm(request.POST), place="task", arguments={"task_id": pk},
    )  # fmt: skip


def _show_tasks(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
    failed: int | None = None,
) -> HttpResponse:
    rows = ClerkTask.objects.filter(done_at__isnull=True).select_related("claim__claimant__customer", "notice")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "refused": refused,
        "form": (forms_in_place or {}).get("task", TaskForm()),
        "failed": failed,
    }
    return pages.show(request, "compensation/objections/tasks.html", context, status=status)
