"""The lists and forms of the reference tables (screens M1, M2, M3 and M5)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm_portal.errors import Code, Refused
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.sentences import sentence
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.rows import EndingForm, RowForm
from ..registry import TABLES
from ..rules.access import READ_AND_KEEP, Action
from ..screens import HEADING, tabs_of
from ..selectors.rows import Narrowing, find, page_of_rows, related_rows, stamp_of, state_of
from ..services import keeping
from ..tables import Ending, Screen, Table
from .who import keeper, posted
from .working import order_refresh


@require_safe
@may(Action.READ)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Show one page of a table."""
    table, user, today = _table(request, key), keeper(request), timezone.localdate()
    narrowing = _narrowing(table, request)
    page = page_of_rows(table, narrowing, page=request.GET.get("page", ""), on=today)
    context = {
        **_place(table, user, request.path),
        "page": page,
        "lines": [(row, state_of(table, row, today)) for row in page],
        "narrowing": narrowing,
        "filters": [(one, list(one.choices()), dict(narrowing.chosen).get(one.name, "")) for one in table.filters],
        "has_states": table.ending in (Ending.DATED, Ending.SWITCHED),
    }
    return pages.show(request, "administration/rows.html", context)


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Make a row."""
    table, user = _table(request, key), keeper(request)
    if not table.can_add:
        raise Http404
    form = RowForm(table, None, posted(request), on=timezone.localdate(), preset=_preset(table, request))
    if request.method != "POST":
        return _show_row(request, table, user, form)
    if not form.is_valid():
        note_refused(request, form, timezone.now(), target=(table.key, ""))
        return _show_row(request, table, user, form, status=422)
    try:
        row = keeping.save_row(
            table=key, row_id=None, values=form.values(), by=user, at=timezone.now(), seen=form.cleaned_data["seen"]
        )
    except Refused as refused:
        explain(form, refused)
        return _show_row(request, table, user, form, status=422)
    return pages.done(request, _("Saved."), to=_after(request, table, row))


@require_http_methods(["GET", "POST"])
@may(READ_AND_KEEP)
def row(request: HttpRequest, key: str, row_id: str) -> HttpResponse:
    """Show a row, or change it."""
    table, user = _table(request, key), keeper(request)
    found = _row(table, row_id)
    today = timezone.localdate()
    form = RowForm(table, found, posted(request), on=today, reads_only=not user.may(Action.KEEP))
    if request.method != "POST":
        return _show_row(request, table, user, form)
    if not form.is_valid():
        note_refused(request, form, timezone.now(), target=(table.key, row_id))
        return _show_row(request, table, user, form, status=422)
    try:
        saved = keeping.save_row(
            table=key,
            row_id=row_id,
            values=form.values(),
            by=user,
            at=timezone.now(),
            seen=form.cleaned_data["seen"],
            holds_from=form.cleaned_data.get("holds_from"),
        )
    except Refused as refused:
        if refused.code is Code.STALE_VERSION:
            form.data = {**form.data.dict(), "seen": stamp_of(found)}  # type: ignore[attr-defined]
        explain(form, refused)
        return _show_row(request, table, user, form, status=409 if refused.code is Code.STALE_VERSION else 422)
    if table.moves_clocks & set(form.changed_data):
        order_refresh()
    return pages.done(request, _("Saved."), to=_after(request, table, saved))


@require_http_methods(["GET", "POST"])
@may(Action.KEEP)
def end(request: HttpRequest, key: str, row_id: str) -> HttpResponse:
    """Ask whether a row should count no more, say what follows, and do it."""
    table, user, today = _table(request, key), keeper(request), timezone.localdate()
    found = _row(table, row_id)
    state = state_of(table, found, today)
    if table.ending is Ending.NEVER or state in ("off", "over"):
        raise Http404
    asks_for_day = table.ending is Ending.DATED and state != "later"
    form = EndingForm(posted(request), asks_for_day=asks_for_day, on=today, seen=stamp_of(found))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                keeping.end_row(
                    table=key, row_id=row_id, last_day=form.cleaned_data.get("last_day"),
                    seen=form.cleaned_data["seen"], by=user, at=timezone.now(),
                )  # fmt: skip
            except Refused as refused:
                explain(form, refused)
            else:
                return pages.done(request, _("Saved."), to=_after(request, table, None))
        else:
            note_refused(request, form, timezone.now(), target=(table.key, row_id))
        status = 422
    context = {
        **_place(table, user, request.path),
        "row": found,
        "form": form,
        "state": state,
        "obstacles": [sentence(refusal) for refusal in table.ending_checks(found, user)],
        "consequences": list(table.consequences(found)),
        "next": request.GET.get("next", ""),
    }
    return pages.show(request, "administration/end.html", context, status=status)


@require_http_methods(["POST"])
@may(Action.KEEP)
def resume(request: HttpRequest, key: str, row_id: str) -> HttpResponse:
    """Switch a row on again."""
    table, user = _table(request, key), keeper(request)
    found = _row(table, row_id)
    try:
        keeping.resume_row(table=key, row_id=row_id, seen=request.POST.get("seen", ""), by=user, at=timezone.now())
    except Refused as refused:
        form = RowForm(table, found, None, on=timezone.localdate())
        return _show_row(request, table, user, form, refused=refused, status=409)
    return pages.done(request, _("Switched on again."), to=reverse("administration:row", args=[key, row_id]))


def _table(request: HttpRequest, key: str) -> Table:
    """The table of that key, when this user may read it; else it is not there."""
    table = TABLES.get(key)
    if table is None or not (table.head_team_reads or keeper(request).may(Action.KEEP)):
        raise Http404
    return table


def _row(table: Table, row_id: str) -> Any:
    found = find(table, row_id)
    if found is None:
        raise Http404
    return found


def _place(table: Table, user: User, path: str) -> dict[str, Any]:
    """What every page of a table shows around itself."""
    address = reverse("administration:rows", args=[table.key])
    return {
        "table": table,
        "heading": HEADING[table.screen],
        "tabs": tabs_of(table.screen, user, address),
        "address": address,
        "may_keep": user.may(Action.KEEP),
    }


def _narrowing(table: Table, request: HttpRequest) -> Narrowing:
    chosen = tuple((one.name, value) for one in table.filters if (value := request.GET.get(one.name, "")))
    state = request.GET.get("state", "")
    return Narrowing(
        search=request.GET.get("q", "").strip()[:100] if table.search else "",
        state=state if state in ("all", "ended") else "",
        chosen=chosen,
    )


def _preset(table: Table, request: HttpRequest) -> dict[str, str]:
    """What a link fills in beforehand."""
    given = {name: value for name in table.fields if (value := request.GET.get(name, ""))}
    narrowing = {name: value for name in table.narrowed_by if (value := request.GET.get(name, "")).isdecimal()}
    return {**given, **narrowing}


def _show_row(
    request: HttpRequest,
    table: Table,
    user: User,
    form: RowForm,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    found = form.row
    if refused is not None:
        form.refused = refused  # type: ignore[attr-defined]
    related = [] if found is None else [_beside(one, found, user) for one in table.related]
    context = {
        **_place(table, user, request.path),
        "row": found,
        "form": form,
        "refused": refused,
        "state": state_of(table, found, today) if found is not None else "",
        "stamp": stamp_of(found) if found is not None else "",
        "related": [one for one in related if one],
        "next": request.GET.get("next", ""),
        "title": str(found) if found is not None else "",
    }
    return pages.show(request, "administration/row.html", context, status=status)


def _beside(related: Any, row: Any, user: User) -> dict[str, Any] | None:
    """A card of another table's rows that belong to this one."""
    table = TABLES[related.table]
    today = timezone.localdate()
    rows = related_rows(table, related.field, row, on=today)
    if not rows and table.screen is Screen.ROUTING:  # most triplets have no preset unit
        return None
    value = row.username if related.field in table.by_name else row.pk
    address = f"{reverse('administration:new', args=[table.key])}?{related.field}={value}"
    return {
        "table": table,
        "lines": [(one, state_of(table, one, today)) for one in rows],
        "columns": [column for column in table.columns if not _repeats(column, related.field)],
        "add": address if user.may(Action.KEEP) else "",
    }


def _repeats(column: Any, field: str) -> bool:
    """Whether a column only says again what the rows belong to."""
    return isinstance(column.value, str) and column.value.split(".")[0] == field


def _after(request: HttpRequest, table: Table, row: Any) -> str:
    """Where to go when it is done: back to the row it was opened from, or to the row, or to the list."""
    wanted = request.GET.get("next", "")
    if wanted.startswith("/administration/") and "//" not in wanted:
        return wanted
    if row is not None and (table.related or table.key == "employees"):
        return reverse("administration:row", args=[table.key, row.pk])
    return reverse("administration:rows", args=[table.key])
