"""Members and their roles: given and taken by two, with the person behind each account (CRD-77-a, b, c)."""

from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from crm_portal.people.labels import ROLE
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.acting import FORM, act

from ..control_words import COMPARTMENT_RULE
from ..forms.control import PersonForm, ReasonsForm, RoleForm
from ..models import Licensee
from ..rules.access import KEEPERS_OF_MEMBERS, Action
from ..rules.compartments import LICENSEE_ROLES
from ..rules.vital import APPROVERS, Operation
from ..selectors.members import forbidden_sets, members_of, places_of
from ..services import dual_control, members
from .who import user_of

PER_PAGE = 50


@require_GET
@may(Action.VIEW_MEMBERS)
def show_members(request: HttpRequest) -> HttpResponse:
    """Who holds which role at the places of the user."""
    return _show(request)


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    refused: list[str] | None = None,
    forms_in_place: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    user = user_of(request)
    places = places_of(user, KEEPERS_OF_MEMBERS | APPROVERS)
    proposes = user.may(Action.PROPOSE_MEMBERS)
    names = dict(ROLE)
    context = {
        "page": Paginator(members_of(places), PER_PAGE).get_page(request.GET.get("page")),
        "places": places,
        "proposes": proposes,
        "rules": [
            ([names[role.value] for role in sorted(rule.roles)], COMPARTMENT_RULE[rule.why])
            for rule in forbidden_sets()
        ],
        "refused": refused,
        "f": {
            **({"role": _role_form(request), "person": PersonForm()} if proposes else {}),
            **(forms_in_place or {}),
        },
    }
    return pages.show(request, "creditdata/control/members.html", context, status=status)


@FORM
@may(Action.PROPOSE_MEMBERS)
def give(request: HttpRequest) -> HttpResponseBase:
    """Propose that an account be given a role."""
    form = _role_form(request, request.POST)
    return act(
        request, dual_control.propose, said=_("Proposed. A second person decides within 24 hours."),
        to=reverse("credit:proposals", args=["own"]), again=partial(_show, request), form=form, place="role",
        names={"user": "username"}, arguments={"operation": Operation.GIVE_ROLE}, given=partial(_given, request),
    )  # fmt: skip


@FORM
@may(Action.PROPOSE_MEMBERS)
def identify(request: HttpRequest) -> HttpResponseBase:
    """Say who is behind an account."""
    return act(
        request, members.identify, said=_("The person behind the account is known."), to=reverse("credit:members"),
        again=partial(_show, request), form=PersonForm(request.POST), place="person", names={"user": "username"},
        given=lambda form: {"user_id": form.cleaned_data["username"].pk, "number": form.cleaned_data["number"]},
    )  # fmt: skip


@FORM
@may(Action.PROPOSE_MEMBERS)
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A page of one member, and the proposal that the role be taken."""
    places = places_of(user_of(request), KEEPERS_OF_MEMBERS)
    row = get_object_or_404(members_of(places), pk=pk)

    def show(
        *, status: int = 200, refused: list[str] | None = None, forms_in_place: dict[str, forms.Form] | None = None
    ) -> HttpResponse:
        context = {"member": row, "refused": refused, "form": (forms_in_place or {}).get("take", ReasonsForm())}
        return pages.show(request, "creditdata/control/member.html", context, status=status)

    if request.method != "POST":
        return show()
    own_place = row.licensee_id if row.licensee in places else None
    return act(
        request, dual_control.propose, said=_("Proposed. A second person decides within 24 hours."),
        to=reverse("credit:proposals", args=["own"]), again=show, form=ReasonsForm(request.POST), place="take",
        arguments={
            "operation": Operation.TAKE_ROLE, "licensee_id": own_place, "payload": {"membership": row.pk},
        },
    )  # fmt: skip


def _role_form(request: HttpRequest, sent: Any = None) -> RoleForm:
    """What may be given: at a licensee its roles; for the Registrar his own, and the first two of a licensee."""
    places = places_of(user_of(request), KEEPERS_OF_MEMBERS)
    registrar = None in places
    roles = members.OF_REGISTRAR | members.FIRST_AT_LICENSEE if registrar else LICENSEE_ROLES
    licensees = Licensee.objects.all()
    if not registrar:
        licensees = licensees.filter(pk__in=[place.pk for place in places if place is not None])
    return RoleForm(sent, roles=roles, licensees=licensees, registrar=registrar)


def _given(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    target = given["licensee"]
    registrar = None in places_of(user_of(request), KEEPERS_OF_MEMBERS)
    return {
        "licensee_id": None if registrar else target.pk,
        "reasons": given["reasons"],
        "payload": {
            "user": given["username"].pk,
            "role": given["role"],
            "licensee": target.pk if target is not None else None,
        },
    }
