"""What the resources that change something share: who asks and when, what was sent, and pages of rows."""

from typing import Any, cast

from django.db.models import Model, QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from crm_portal.audit.services.forms import record_once
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import User
from crm_portal.people.permissions import required_action

PAGE_SIZE = 25
_LONGEST = 18  # digits of an id


def user_of(request: Request) -> User:
    return cast("User", request.user)


class NothingInput(serializers.Serializer):
    """Nothing needs to be said."""


class Acting(APIView):
    """Parses what was sent for one command."""

    serializer_class: type[serializers.Serializer] = NothingInput

    def who(self) -> dict[str, Any]:
        """By whom and when."""
        return {"by": user_of(self.request), "at": timezone.now()}

    def parsed(self, target: Model | None = None) -> dict[str, Any]:
        """What was sent; what cannot be read is refused at its field, and the audit knows."""
        sent = self.serializer_class(data=self.request.data)
        if not sent.is_valid():
            action = required_action(type(self), self.request.method or "")
            record_once(
                str(action),
                Refused(Refusal(Code.INVALID_VALUE, tuple(sent.errors))),
                **self.who(),
                target_type=(target._meta.model_name or "") if target is not None else "",
                target_id=str(target.pk) if target is not None else "",
            )
            raise serializers.ValidationError(sent.errors)
        return dict(sent.validated_data)


def page(request: Request, found: QuerySet[Any], shape: type[serializers.Serializer]) -> dict[str, Any]:
    """The newest rows, or those after the id in `after`; `next` is the address of the following ones."""
    after = request.query_params.get("after", "")
    if after:
        if not after.isdecimal() or len(after) > _LONGEST:
            raise refuse(Code.INVALID_VALUE, "after")
        found = found.filter(pk__lt=int(after))
    rows = list(found.order_by("-pk")[: PAGE_SIZE + 1])
    following = str(rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else ""
    return {"next": address(request, following), "results": shape(rows[:PAGE_SIZE], many=True).data}


def address(request: Request, after: str) -> str | None:
    """Where the list goes on."""
    if not after:
        return None
    params = request.query_params.copy()
    params["after"] = after
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
