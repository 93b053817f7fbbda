"""Views and inquiries for programs: the same rows, filters and order as the pages."""

from typing import cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..forms.filters import FilterForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.desks import Desk
from ..selectors.filters import choices_for, narrowed
from ..selectors.moments import Moment
from ..selectors.pages import Cursor, Order, Page, page_of, total_of
from ..selectors.search import Search
from ..selectors.views import View, counts_for, view_of, views_of
from ..services import reading
from .list_serializers import InquiryOutput, PageOutput, ViewOutput, general, rows
from .views import InquiryQuestion


def listed_with(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """The rows with what their answers say."""
    return rows.select_related("customer", "triplet__tax_system", "handling_team__unit", "owner", "routing_decision")


def user_of(request: Request) -> User:
    return cast("User", request.user)


def view_for(user: User, key: str) -> View:
    """The view of this key; one that no role of the user has is not found (CRM-3.1-a)."""
    view = view_of(user, key)
    if view is None:
        raise Http404
    return view


def filter_parameters() -> list[OpenApiParameter]:
    """The filters of a full view, as its page takes them."""
    names = [name for name in FilterForm.base_fields if name != "q"]
    return [
        OpenApiParameter("q", description="Search in the view (3.3); `search` is the same."),
        OpenApiParameter("search"),
        OpenApiParameter("sort", description="A column, `-` before it for descending."),
        OpenApiParameter("after", description="The place in the list; follow `next` and `previous`."),
        *(OpenApiParameter(name, OpenApiTypes.STR, many=name not in _SINGLE) for name in names),
    ]


_SINGLE = frozenset(name for name, field in FilterForm.base_fields.items() if not hasattr(field, "choices"))


class Views(APIView):
    """The views that the user's roles give him, each with its count."""

    required_action = Action.VIEW_LISTS

    @extend_schema(operation_id="views_list", responses=ViewOutput(many=True))
    def get(self, request: Request) -> Response:
        user = user_of(request)
        counts = counts_for(user)
        listed = [{"key": view.key, "label": view.label, "count": counts[view.key]} for view in views_of(user)]
        return Response(ViewOutput(listed, many=True).data)


class ViewRows(APIView):
    """One page of a view: searched, filtered and sorted as in the page of the view."""

    required_action = Action.VIEW_LISTS

    @extend_schema(operation_id="views_retrieve", parameters=filter_parameters(), responses=PageOutput)
    def get(self, request: Request, key: str) -> Response:
        user, now = user_of(request), Moment.of(timezone.now())
        view, desk = view_for(user, key), Desk.of(user)
        params = request.query_params.copy()
        if "search" in params and "q" not in params:
            params["q"] = params.get("search", "")
        form = FilterForm(params, view=view, choices=choices_for(desk, everywhere=view.is_wide))
        if not form.is_valid():
            raise ValidationError({name: [str(reason) for reason in reasons] for name, reasons in form.errors.items()})
        if not view.is_listed and not form.filters.customer:
            raise refuse(Code.FIELD_REQUIRED, "customer", clause="4.4")
        inside, search = narrowed(view.rows(desk), form.filters, now), Search.of(form.term)
        order = Order.parse(params.get("sort", ""), view.order)
        cursor = Cursor.parse(params.get("after", ""), order) if "after" in params else None
        page = page_of(search.among(inside), order, cursor, drawn=listed_with)
        if not view.is_listed and cursor is None:  # V8: a read of the customer's file (CRM-2-b)
            customer = str(form.filters.customer)
            recording.record_read("customer.view", by=user, at=now.at, target_type="customer", target_id=customer)
        if form.term is not None and cursor is None:
            recording.record(
                "inquiry.search", by=user, at=now.at, target_type="view", target_id=view.key, outcome=Outcome.READ,
                after={"term": form.cleaned_data["q"], "found": len(page.rows)},
            )  # fmt: skip
        answer = {
            "total": total_of(search.counted_among(inside)),
            "results": rows(page.rows, now),
            **_ways(request, page),
        }
        return Response(PageOutput(answer).data)


def _ways(request: Request, page: Page) -> dict[str, str | None]:
    def at(cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        params = request.query_params.copy()
        params["after"] = str(cursor)
        return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")

    return {"next": at(page.after), "previous": at(page.before if page.place else None)}


class OneInquiry(InquiryQuestion):
    """The general tab of an inquiry; the version to change it by is its ETag."""

    @extend_schema(operation_id="inquiries_retrieve", responses=InquiryOutput)
    def get(self, request: Request, number: str) -> Response:
        inquiry, now = self.inquiry(number), Moment.of(timezone.now())
        reading.view(inquiry_id=inquiry.pk, by=user_of(request), at=now.at)
        return Response(InquiryOutput(general(inquiry, now)).data, headers={"ETag": f'"{inquiry.version}"'})
