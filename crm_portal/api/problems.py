"""Every error of the API is a problem document (RFC 9457) with the specification's members (section 0)."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm_portal.errors import HTTP_STATUS, Code, Refusal, Refused
from crm_portal.sentences import sentence, sentences

MEDIA_TYPE = "application/problem+json"


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn what stopped a request into its problem document; what is unforeseen stays an error."""
    if isinstance(error, Refused):
        return refused_response(error)
    if isinstance(error, Http404 | exceptions.NotFound):  # not there and not visible look alike
        return refused_response(Refused(Refusal(Code.OUT_OF_SCOPE)))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return refused_response(Refused(Refusal(Code.PERMISSION_DENIED)))
    if isinstance(error, exceptions.ValidationError):
        return invalid_response(error)
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    code = str(getattr(error, "default_code", "error")).upper()
    return _problem(code, response.status_code, str(getattr(error, "detail", error)), headers=response.headers)


def refused_response(refused: Refused) -> Response:
    """The document of a command's refusal: the first reason's code and details, the fields of all."""
    first = refused.refusals[0]
    fields: dict[str, list[str]] = {}
    for reason in refused.refusals:
        for name in reason.fields:
            fields.setdefault(name, []).append(sentence(reason))
    return _problem(
        first.code,
        HTTP_STATUS[first.code],
        " ".join(sentences(refused)),
        fields=fields,
        details=dict(first.details),
        errors=[
            {"code": str(reason.code), "message": sentence(reason), "field": name}
            for reason in refused.refusals
            for name in reason.fields or ("",)
        ],
    )


def invalid_response(error: exceptions.ValidationError) -> Response:
    """The document of input that could not be parsed, each reason at its field."""
    fields = dict(_flat(error.detail))
    codes = dict(_flat(error.get_codes()))
    errors = [
        {"code": str(_code_of(code)), "message": reason, "field": name}
        for name, reasons in fields.items()
        for code, reason in zip(codes[name], reasons, strict=True)
    ]
    is_missing = all(one["code"] == Code.FIELD_REQUIRED for one in errors)
    code = Code.FIELD_REQUIRED if is_missing else Code.INVALID_VALUE
    return _problem(code, 400, sentence(Refusal(code)), fields=fields, errors=errors)


def _code_of(code: str) -> Code:
    """The project's code for one of a serializer's: nothing was given, or what cannot be."""
    return Code.FIELD_REQUIRED if code in {"required", "blank", "null"} else Code.INVALID_VALUE


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Nested reasons as `path.to.field` with its sentences."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list) and any(isinstance(inner, dict) for inner in detail):
        for number, inner in enumerate(detail):
            yield from _flat(inner, f"{path}.{number}" if path else str(number))
    elif detail:
        yield path, [str(reason) for reason in (detail if isinstance(detail, list) else [detail])]


def _problem(
    code: str,
    status: int,
    message: str,
    *,
    fields: Mapping[str, list[str]] | None = None,
    details: Mapping[str, object] | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": str(code),
        "detail": message,
        "message": message,
        "fields": dict(fields or {}),
        "details": dict(details or {}),
        "errors": errors or [],
    }
    kept = {name: value for name, value in (headers or {}).items() if name.lower() != "content-type"}
    return Response(document, status=status, headers=kept, content_type=MEDIA_TYPE)
