"""The page of one inquiry: toolbar, header with its clock, tabs, treatment (screens E4-E7, E9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm_portal.audit.services import recording
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from routing.rules.codes import TaxSystemCode
from routing.selectors import head_team, selectable_triplets

from .. import labels
from ..forms.correspondence import AttachmentForm, MessageForm
from ..forms.filters import FilterForm
from ..forms.treatment import RealEstateForm, TreatmentForm
from ..forms.triplets import TripletForm
from ..models import Inquiry
from ..rules.access import Action
from ..rules.codes import ClosingReasonCode, Status, TripletValidation
from ..selectors.clocks import target_of
from ..selectors.filters import narrowed
from ..selectors.inquiry_pages import (
    attachments_of,
    closing_reasons,
    former_note,
    history_of,
    inquiry_seen_by,
    is_outside_triplet,
    messages_of,
    previous_of_customer,
    representation_unverified,
    tax_files_of,
    teams_to_forward,
)
from ..selectors.meters import meter_of
from ..selectors.moments import Moment
from ..selectors.pages import Order, place_of
from ..selectors.search import matching
from ..selectors.timelines import timeline_of
from ..selectors.unread import unread_by
from ..selectors.views import Desk, view_of
from ..selectors.visibility import may_handle, may_supervise, opens_customer_files, team_ids
from ..services import hearing, presence, reading
from .tabs import Shown, Tab, panels_for, tabs_for
from .who import user_of


@require_GET
@may(Action.VIEW)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show an inquiry."""
    inquiry = found(request, number)
    shown = {"version": inquiry.version}  # so that a late edit can be told what changed since
    recording.record_read("inquiry.view", by=user_of(request), at=timezone.now(), target=inquiry, what=shown)
    return show(request, inquiry)


def found(request: HttpRequest, number: str) -> Inquiry:
    """The inquiry of this number; not there and not allowed look alike."""
    inquiry = inquiry_seen_by(user_of(request), number)
    if inquiry is None:
        raise Http404
    return inquiry


def show(request: HttpRequest, inquiry: Inquiry, *, tab: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """Present the page; `forms` are those that were refused, with what was typed in them."""
    user, now = user_of(request), Moment.of(timezone.now())
    rights = Rights.of(user, inquiry)
    shown = Shown(request, inquiry, user, now, rights)
    tabs = tabs_for(shown)
    unread, unseen = inquiry.unread_messages, unread_by(inquiry, user.pk) if rights.owns else 0
    tab = tab or chosen_tab(request, tabs, unread=unread or unseen)
    chosen = next(one for one in tabs if one.key == tab)
    panels, in_panels = panels_for(shown)
    messages = list(messages_of(inquiry))
    is_opened = request.method == "GET"  # a refused form changes nothing
    if is_opened and tab == "messages" and (unread or unseen) and rights.handles:
        reading.mark_messages_read(inquiry_id=inquiry.pk, by=user, at=now.at)
        unread = 0
    history = clock_context(inquiry, now)
    context = {
        "inquiry": inquiry,
        "tab": tab,
        "tabs": tabs,
        "tab_template": chosen.template,
        "panels": panels,
        "rights": rights,
        "messages_list": messages,
        "unread": unread,
        "note": former_note(history["history"], inquiry),
        "tax_files": tax_files_of(inquiry),
        "previous": previous_of_customer(user, inquiry),
        "representation_unverified": representation_unverified(inquiry),
        "outside_triplet": rights.edits and is_outside_triplet(inquiry, now.today),
        "event_labels": labels.HISTORY_EVENT,
        "wrong": inquiry.triplet_validation == TripletValidation.INCORRECT,
        "unchecked": inquiry.triplet_validation == TripletValidation.NOT_CHECKED and inquiry.customer_triplet_id,
        "event": request.GET.get("event", ""),
        "others": presence.here(inquiry=inquiry, by=user, at=now.at),
        "every": presence.EVERY,
        **history,
        **in_panels,
        **chosen.needs(shown),
        **place_in_list(request, inquiry, now),
        **(editing_forms(user, inquiry, now, to=request.GET.get("to", "")) | forms if rights.edits else forms),
    }
    if rights.writes and "message_form" not in context:
        initial = {"version": inquiry.version, "key": uuid4().hex}
        context["message_form"] = MessageForm(initial=initial, auto_id="message_%s")
    if attachment_form := context.get("attachment_form"):
        attachment_form.mark_required()
    status = max(status, context.get("tab_status", status))
    return render(request, "inquiries/inquiry.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Rights:
    """What this user may do here; what he may not is not drawn."""

    handles: bool  # his roles reach it
    owns: bool
    takes: bool  # it waits in a queue of his
    assigns: bool
    releases: bool
    edits: bool
    writes: bool  # messages; on a closed inquiry too
    verifies: bool
    informs: bool  # the button of the information extension, which then says what is still missing
    plays: bool
    converts: bool
    opens_file: bool  # the customer's

    @classmethod
    def of(cls, user: User, inquiry: Inquiry) -> "Rights":
        handles = user.may(Action.CHANGE_STATUS) and may_handle(user, inquiry)
        owns = handles and inquiry.owner_id == user.pk
        active = inquiry.is_active
        of_team = inquiry.handling_team_id in team_ids(user)
        held = inquiry.owner_id is not None
        supervises = handles and may_supervise(user, inquiry)
        return cls(
            handles=handles,
            owns=owns,
            takes=handles and active and not held and of_team,
            assigns=handles and active and (owns or supervises or (of_team and not held)),
            releases=handles and active and held and (owns or supervises),
            edits=owns and active,
            writes=(owns and active) or (handles and inquiry.is_closed and of_team),
            verifies=owns and active and user.may(Action.VERIFY_CUSTOMER) and inquiry.verified_at is None,
            informs=handles and user.may(Action.VIEW_INFORMATION),
            plays=hearing.may_hear(user, inquiry),
            converts=handles and user.may(Action.CONVERT),
            opens_file=inquiry.customer_id is not None
            and user.may(Action.VIEW_CUSTOMER_FILE)
            and opens_customer_files(user),
        )


def chosen_tab(request: HttpRequest, tabs: Sequence[Tab], *, unread: int) -> str:
    """The tab asked for; what the customer wrote comes first while nobody, or its owner, has not read it."""
    asked = request.GET.get("tab", "")
    if asked in {tab.key for tab in tabs}:
        return asked
    return "messages" if unread else "general"


def editing_forms(user: User, inquiry: Inquiry, now: Moment, *, to: str = "") -> dict[str, Any]:
    """
    The forms of the owner, empty: a former text is never silently used again (CRM-5.2-e).

    `to` may be `head_team`: forwarding to it is chosen already, and only the reason is missing (CRM-6.4-c). It may be
    `not_opened_for_customer`: closing for that reason is chosen, the one way left to a marked inquiry (CRM-6.6-c).
    """
    version = {"version": inquiry.version}
    triplets = list(selectable_triplets(user))
    levels = {level: getattr(inquiry.triplet, level) for level in ("main_topic", "sub_topic", "detail")}
    forms: dict[str, Any] = {
        "treatment_form": treatment_form(inquiry, now, initial={**version, **chosen_already(to)}),
        "triplet_form": TripletForm(
            initial={**version, **levels, "tax_year": inquiry.tax_year}, triplets=triplets, auto_id="triplet_%s"
        ),
        "attachment_form": AttachmentForm(initial=version, auto_id="file_%s"),
    }
    if inquiry.triplet is not None and inquiry.triplet.tax_system_id == TaxSystemCode.REAL_ESTATE:
        values = {name: getattr(inquiry, name) for name in ("assessment_number", "tax_type", "area")}
        forms["real_estate_form"] = RealEstateForm(initial={**version, **values}, auto_id="estate_%s")
    return forms


def chosen_already(name: str) -> dict[str, Any]:
    if name == "head_team":
        return {"status": Status.FORWARDED.value, "team": head_team().pk}
    if name == ClosingReasonCode.NOT_OPENED_FOR_CUSTOMER:
        return {"status": Status.CLOSED_NO_TREATMENT.value, "closing_reason": name}
    return {}


def clock_context(inquiry: Inquiry, now: Moment) -> dict[str, Any]:
    """The history and what the clock makes of it."""
    history, attachments = list(history_of(inquiry)), attachments_of(inquiry)
    target = None if inquiry.triplet is None else target_of(inquiry.triplet)
    timeline = timeline_of(history, attachments.rows, target, now)
    return {
        "history": history,
        "attachments": attachments,
        "timeline": timeline,
        "meter": meter_of(inquiry, now),
        "now": now.at,
    }


def treatment_form(inquiry: Inquiry, now: Moment, **kwargs: Any) -> TreatmentForm:
    return TreatmentForm(
        inquiry=inquiry, reasons=closing_reasons(), teams=teams_to_forward(inquiry, now.today), **kwargs
    )


def place_in_list(request: HttpRequest, inquiry: Inquiry, now: Moment) -> dict[str, Any]:
    """The list the person came from, and the inquiries before and after this one in it."""
    came_from = request.GET.get("in") or request.POST.get("in", "")
    key, _mark, query = came_from.partition("?")
    view = view_of(user_of(request), key)
    if view is None:
        return {"list_view": None, "came_from": "", "list_query": ""}
    params = QueryDict(query)
    form = FilterForm(params, view=view)
    form.is_valid()
    rows = matching(narrowed(view.rows(Desk.of(user_of(request))), form.filters, now), form.term)
    here = place_of(rows, Order.parse(params.get("sort", ""), view.order), inquiry)
    return {"list_view": view, "came_from": came_from, "list_query": query, "here": here}
