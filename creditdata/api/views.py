"""Batches for programs: send one, read its counters, read its rows (CRD-0-g, 0-h)."""

import json
from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from crm_portal.audit.services.recording import record_read
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import IntakeBatch
from ..rules.access import Action
from ..rules.codes import RecordKind, RowStatus
from ..rules.intake import BatchFormat
from ..selectors.batches import rows_in
from ..selectors.suppliers import batches_visible_to, late_visible_to, licensee_named, source_named
from ..services.receiving import Supply, receive
from .serializers import BatchInput, BatchOutput, LateOutput, RowOutput, RowPageOutput, RowsInput

PAGE_SIZE, LONGEST_KEY, MOST_LATE = 100, 80, 500
_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="The same key gives the first result."
)


class SupplyRate(UserRateThrottle):
    """How often one sender asks."""

    rate = "600/minute"


class BatchView(APIView):
    """Seen by the licensee's intake clerks and by the source that sent it; for anybody else there is none."""

    required_action = Action.SEND
    throttle_classes = [SupplyRate]

    def batches(self) -> "QuerySet[IntakeBatch]":
        return batches_visible_to(cast("User", self.request.user)).select_related("source")


class Batches(BatchView):
    """Send a batch. A worker reads it; its status and counters tell when that is done."""

    @extend_schema(
        operation_id="creditdata_batches_send", request=BatchInput, parameters=[_KEY], responses={201: BatchOutput}
    )
    def post(self, request: Request) -> Response:
        sent = BatchInput(data=request.data)
        sent.is_valid(raise_exception=True)
        given, by, at = sent.validated_data, cast("User", request.user), timezone.now()
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > LONGEST_KEY:
            raise refuse(Code.INVALID_VALUE, "Idempotency-Key", clause="CRD-0-i")
        supply = Supply(
            kind=RecordKind(given["kind"]), made_available_on=given["made_available_on"], as_of=given.get("as_of"),
            declared_rows=given.get("declared_rows"), file_name=given["file"].name if "file" in given else "",
            idempotency_key=key,
        )  # fmt: skip
        content, form = (given["file"].chunks(), None) if "file" in given else (_lines(given["rows"]), BatchFormat.JSON)
        batch = receive(
            licensee_id=licensee_named(given.get("licensee", ""), by), source_id=source_named(given["source"]),
            supply=supply, content=content, form=form, by=by, at=at,
        )  # fmt: skip
        return Response(BatchOutput(batch).data, status=201 if batch.received_at == at else 200)


class OneBatch(BatchView):
    """A batch with its counters."""

    @extend_schema(operation_id="creditdata_batches_read", responses=BatchOutput)
    def get(self, request: Request, pk: UUID) -> Response:
        batch = get_object_or_404(self.batches(), pk=pk)
        record_read("credit_batch.read", by=request.user, at=timezone.now(), target=batch)
        return Response(BatchOutput(batch).data)


class BatchRows(BatchView):
    """The rows of a batch with the fields, codes and words of what was wrong with each."""

    @extend_schema(operation_id="creditdata_batches_rows", parameters=[RowsInput], responses=RowPageOutput)
    def get(self, request: Request, pk: UUID) -> Response:
        batch = get_object_or_404(self.batches(), pk=pk)
        asked = RowsInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        status = RowStatus(wanted["status"]) if "status" in wanted else None
        rows = list(rows_in(batch, status).filter(number__gt=wanted["after"])[: PAGE_SIZE + 1])
        shown = rows[:PAGE_SIZE]
        record_read("credit_batch.read_rows", by=request.user, at=timezone.now(), target=batch, what=_what(wanted))
        following = None
        if len(rows) > PAGE_SIZE:
            said = QueryDict(mutable=True)
            said.update({**({"status": status.value} if status else {}), "after": str(shown[-1].number)})
            following = request.build_absolute_uri(f"{request.path}?{said.urlencode()}")
        return Response({"next": following, "results": RowOutput(shown, many=True).data})


class LateSupplies(BatchView):
    """What one's own source, or one's licensee's sources, did not supply in time; it goes when the supply comes."""

    @extend_schema(operation_id="creditdata_late_supplies", responses=LateOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(LateOutput(late_visible_to(cast("User", request.user))[:MOST_LATE], many=True).data)


def _lines(rows: list[dict[str, Any]]) -> Iterator[bytes]:
    """Rows as the bytes that are kept: one JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _what(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in wanted.items() if value}
