"""The reader's language, and requests that no page can read."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils import translation
from django.views.defaults import bad_request

LANGUAGES = dict(settings.LANGUAGES)


class LanguageMiddleware:
    """Speak Hebrew unless the reader chose otherwise: what the browser prefers does not decide."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ReadableMiddleware:
    """
    Refuse a request with a NUL character in its address, its cookies or what a form sent.

    PostgreSQL stores none and nobody can type one, so that it is said once for all pages and not at a field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_nul([request.path, *_texts(request.GET), *request.COOKIES.values()]):
            return bad_request(request, Exception())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        try:
            sent = request.POST
        except UnreadablePostError:  # nobody waits for the answer any more
            return None
        return bad_request(request, Exception()) if _has_nul(_texts(sent)) else None


def _texts(sent: QueryDict) -> Iterable[str]:
    for name, values in sent.lists():
        yield name
        yield from map(str, values)


def _has_nul(texts: Iterable[str]) -> bool:
    return any("\0" in text for text in texts)
