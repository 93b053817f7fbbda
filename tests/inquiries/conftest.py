from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from inquiries.models import Attachment, Inquiry, Message, StatusHistory

Refusing = Callable[..., AbstractContextManager[pytest.ExceptionInfo[Refused]]]


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def refusing() -> Refusing:
    """Expect a refusal with this code, and that it changed nothing but one audit row."""

    @contextmanager
    def expect(code: Code | str, *fields: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
        before, audit = _everything(), AuditEvent.objects.filter(outcome="refused").count()
        with pytest.raises(Refused) as caught:
            yield caught
        refusal = next((r for r in caught.value.refusals if r.code == code), None)
        assert refusal is not None, f"refused with {caught.value}"
        assert set(fields) <= set(refusal.fields)
        assert _everything() == before
        assert AuditEvent.objects.filter(outcome="refused").count() == audit + 1

    return expect


def _everything() -> list[object]:
    tables = (Inquiry, Message, Attachment, StatusHistory)
    return [list(table.objects.order_by("pk").values()) for table in tables]
