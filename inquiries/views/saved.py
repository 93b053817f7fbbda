"""Personal views: keep the list as it is narrowed now, name it anew, forget it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm_portal.errors import Code, Refused
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain

from ..forms.saved import NameForm
from ..rules.access import Action
from ..selectors.saved import saved_views_of
from ..selectors.views import view_of
from ..services import saved_views
from .chips import PLACE_KEYS
from .who import user_of


@require_http_methods(["GET", "POST"])
@may(Action.SAVE_VIEW)
def save(request: HttpRequest) -> HttpResponseBase:
    """Ask for a name, and keep the view with what narrows it."""
    user = user_of(request)
    given = request.POST if request.method == "POST" else request.GET
    view, query = given.get("view", ""), _narrowing(given.get("query", ""))
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = saved_views.save(name=form.cleaned_data["name"], view=view, query=query, by=user, at=timezone.now())
        except Refused as refused:
            raise_if_hidden(refused)
            explain(form, refused)
        else:
            address = f"{reverse('inquiries:view', args=[view])}?{query}"
            return pages.done(request, _("The view was saved as “%(name)s”.") % {"name": saved.name}, to=address)
    return _page(request, form, view=view, query=query)


@require_http_methods(["GET"])
@may(Action.SAVE_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """List one's own views, each with its name to change."""
    return _page(request, None)


@require_POST
@may(Action.SAVE_VIEW)
def rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a view another name."""
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            saved_views.rename(saved_id=pk, name=form.cleaned_data["name"], by=user_of(request), at=timezone.now())
        except Refused as refused:
            raise_if_hidden(refused)
            explain(form, refused)
        else:
            return pages.done(request, _("The view was renamed."), to=reverse("inquiries:saved_views"))
    return _page(request, None, renaming=pk, renamed=form)


@require_POST
@may(Action.SAVE_VIEW)
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Forget a view."""
    try:
        saved_views.delete(saved_id=pk, by=user_of(request), at=timezone.now())
    except Refused as refused:
        raise_if_hidden(refused)
    return pages.done(request, _("The view was deleted."), to=reverse("inquiries:saved_views"))


def raise_if_hidden(refused: Refused) -> None:
    """What is not one's own is not found."""
    if refused.code == Code.OUT_OF_SCOPE:
        raise refused


def _narrowing(query: str) -> str:
    """What narrows and sorts a list, without the place in it."""
    params = QueryDict(query, mutable=True)
    for name in PLACE_KEYS:
        params.pop(name, None)
    return params.urlencode()


def _page(
    request: HttpRequest, form: NameForm | None, *, view: str = "", query: str = "", renaming: int = 0,
    renamed: NameForm | None = None,
) -> HttpResponse:  # fmt: skip
    user = user_of(request)
    rows: list[tuple[Any, Any, NameForm]] = [
        (
            saved,
            view_of(user, saved.view),
            renamed
            if renamed is not None and saved.pk == renaming
            else NameForm(initial={"name": saved.name}, auto_id=f"id_{saved.pk}_%s"),
        )
        for saved in saved_views_of(user)
    ]
    failed = request.method == "POST"
    context = {"form": form, "view": view_of(user, view), "query": query, "saved": rows}
    return pages.show(request, "inquiries/saved_views.html", context, status=422 if failed else 200)
