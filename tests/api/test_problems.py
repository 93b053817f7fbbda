import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from crm_portal.errors import Code, Refusal, Refused, refuse


class Child(serializers.Serializer):
    name = serializers.CharField()


class Input(serializers.Serializer):
    text = serializers.CharField()
    count = serializers.IntegerField(required=False)
    children = Child(many=True, required=False)


def answer(error: Exception | None = None, sent: object = None):
    """The response of an endpoint that raises an error, or parses what was sent."""

    class Endpoint(APIView):
        authentication_classes = permission_classes = ()

        def post(self, request):
            if error is not None:
                raise error
            Input(data=request.data).is_valid(raise_exception=True)

    response = Endpoint.as_view()(APIRequestFactory().post("/", sent or {}, format="json"))
    response.render()
    return response, json.loads(response.content)


def test_a_refusal_is_a_problem_document_with_its_code_fields_and_details():
    refused = Refused(
        Refusal(Code.OPEN_LIMIT_REACHED, ("triplet",), {"limit": 3, "numbers": ["1", "2"]}),
        Refusal(Code.FIELD_REQUIRED, ("description",)),
    )

    response, document = answer(refused)

    assert response.status_code == document["status"] == 409
    assert response["Content-Type"] == "application/problem+json"
    assert document["code"] == "OPEN_LIMIT_REACHED"
    assert document["details"] == {"limit": 3, "numbers": ["1", "2"]}
    assert set(document["fields"]) == {"triplet", "description"}
    assert document["message"] == document["detail"]
    assert "1, 2" in document["message"]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (refuse(Code.STALE_VERSION), 409, "STALE_VERSION"),
        (refuse(Code.OUT_OF_SCOPE), 404, "OUT_OF_SCOPE"),
        (Http404(), 404, "OUT_OF_SCOPE"),
        (exceptions.NotFound(), 404, "OUT_OF_SCOPE"),
        (PermissionDenied(), 403, "PERMISSION_DENIED"),
        (exceptions.PermissionDenied(), 403, "PERMISSION_DENIED"),
        (exceptions.Throttled(wait=5), 429, "THROTTLED"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "UNSUPPORTED_MEDIA_TYPE"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_error_has_its_status_and_code(error, status, code):
    response, document = answer(error)

    assert (response.status_code, document["code"]) == (status, code)
    assert document["detail"]
    assert response["Content-Type"] == "application/problem+json"


def test_how_long_to_wait_is_kept():
    response, _ = answer(exceptions.Throttled(wait=5))

    assert response["Retry-After"] == "5"


def test_what_is_missing_is_told_at_its_field():
    response, document = answer(sent={"children": [{"name": "a"}, {}]})

    assert response.status_code == 400
    assert document["code"] == "FIELD_REQUIRED"
    assert set(document["fields"]) == {"text", "children.1.name"}


def test_the_list_of_errors_has_every_hit_with_its_own_code():
    _, document = answer(sent={"count": "many", "children": [{"name": ""}]})

    assert document["code"] == "INVALID_VALUE"
    assert {(one["code"], one["field"]) for one in document["errors"]} == {
        ("FIELD_REQUIRED", "text"),
        ("INVALID_VALUE", "count"),
        ("FIELD_REQUIRED", "children.0.name"),
    }
    assert all(one["message"] for one in document["errors"])


def test_the_hits_of_a_refusal_are_listed_in_their_order():
    refused = Refused(Refusal(Code.FIELD_REQUIRED, ("text", "count")), Refusal(Code.STALE_VERSION))

    _, document = answer(refused)

    assert [(one["code"], one["field"]) for one in document["errors"]] == [
        ("FIELD_REQUIRED", "text"),
        ("FIELD_REQUIRED", "count"),
        ("STALE_VERSION", ""),
    ]


def test_what_cannot_be_read_is_told_at_its_field():
    _, document = answer(sent={"text": "a", "count": "many"})

    assert document["code"] == "INVALID_VALUE"
    assert set(document["fields"]) == {"count"}


def test_what_nobody_foresaw_stays_an_error():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())
