"""Personal views: a view narrowed as its owner likes it, kept under a name of his (CRM-3.2-b, screen E2)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import SavedView
from ..selectors.views import view_of

MOST = 30  # of one employee; more would be no menu
LONGEST = 60  # of a name


@command("view.save")
def save(*, name: str, view: str, query: str, by: User, at: datetime) -> SavedView:
    """
    Keep the address of a narrowed view under a name.

    :raises Refused: OUT_OF_SCOPE, FIELD_REQUIRED, INVALID_VALUE, DUPLICATE when the name is taken
    """
    if view_of(by, view) is None:
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-3.1-a")
    limit = SavedView._meta.get_field("query").max_length or 0
    if len(query) > limit or SavedView.objects.filter(user=by).count() >= MOST:
        raise refuse(Code.INVALID_VALUE, "name", clause="CRM-3.2-b")
    saved = SavedView(user=by, name=_checked(name), view=view, query=query, created_at=at)
    _write(saved)
    recording.record("view.save", by=by, at=at, target=saved, after={"view": view, "name": saved.name, "query": query})
    return saved


@command("view.save")
def rename(*, saved_id: int, name: str, by: User, at: datetime) -> SavedView:
    """
    Give one of one's own views another name.

    :raises Refused: OUT_OF_SCOPE when it is not one's own, FIELD_REQUIRED, INVALID_VALUE, DUPLICATE
    """
    saved = _own(saved_id, by)
    before, saved.name = saved.name, _checked(name)
    _write(saved)
    recording.record("view.rename", by=by, at=at, target=saved, before={"name": before}, after={"name": saved.name})
    return saved


@command("view.save")
def delete(*, saved_id: int, by: User, at: datetime) -> None:
    """
    Forget one of one's own views; the inquiries in it are not touched.

    :raises Refused: OUT_OF_SCOPE when it is not one's own
    """
    saved = _own(saved_id, by)
    recording.record("view.delete", by=by, at=at, target=saved, before={"view": saved.view, "query": saved.query})
    saved.delete()


def _own(saved_id: int, by: User) -> SavedView:
    saved = SavedView.objects.select_for_update().filter(pk=saved_id, user=by).first()
    if saved is None:
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-3.2-b")
    return saved


def _checked(name: str) -> str:
    cleaned = " ".join(name.replace("\x00", "").split())
    if not cleaned:
        raise refuse(Code.FIELD_REQUIRED, "name", clause="CRM-3.2-b")
    if len(cleaned) > LONGEST:
        raise refuse(Code.INVALID_VALUE, "name", clause="CRM-3.2-b")
    return cleaned


def _write(saved: SavedView) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as taken:
        raise refuse(Code.DUPLICATE, "name", clause="CRM-3.2-b") from taken
