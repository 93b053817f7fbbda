"""Quality review by managers: a sample of the unit's answers, or one inquiry's (screen E22, CRM-2-c)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services import recording
from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.permissions import may
from crm_portal.ui import pages
from crm_portal.ui.forms import explain, note_refused

from ..forms.reviewing import GradeForm, SampleForm
from ..models import Inquiry
from ..rules.access import Action
from ..selectors.inquiry_pages import messages_of
from ..selectors.moments import Moment
from ..selectors.reviewing import Answer, answers_of, reviewable, sample
from ..services import reviewing
from .who import user_of


@dataclass(frozen=True, slots=True)
class Row:
    """One answer on the page of its inquiry, with the form of its grade; none for one's own."""

    answer: Answer
    form: GradeForm | None
    is_graded: bool = False  # by the reader


@require_GET
@may(Action.REVIEW_QUALITY)
def sampled(request: HttpRequest) -> HttpResponse:
    """A sample of the answers of the manager's units in a month."""
    now = Moment.of(timezone.now())
    form = SampleForm(request.GET, today=now.today)
    month, user = form.chosen, user_of(request)
    rows = sample(user, month, now.authority, ungraded=form.cleaned_data.get("ungraded", False))
    grades = [review.grade for row in rows for review in row.answer.reviews]
    context = {
        "form": form,
        "rows": rows,
        "average": sum(grades) / len(grades) if grades else None,
        "graded": sum(bool(row.answer.reviews) for row in rows),
    }
    return render(request, "inquiries/quality.html", context)


@require_GET
@may(Action.REVIEW_QUALITY)
def inquiry(request: HttpRequest, number: str) -> HttpResponse:
    """The answers of one inquiry, to be graded."""
    found, now = _found(request, number), timezone.now()
    recording.record("quality.view", by=user_of(request), at=now, target=found, outcome=Outcome.READ)
    return _show(request, found)


@require_http_methods(["GET", "POST"])
@may(Action.REVIEW_QUALITY)
def grade(request: HttpRequest, number: str, message: int) -> HttpResponseBase:
    """Grade one answer."""
    if request.method == "GET":
        return redirect("inquiries:quality_inquiry", number)
    found, form = _found(request, number), GradeForm(request.POST, of=message)
    if form.is_valid():
        try:
            reviewing.grade(
                inquiry_id=found.pk, message_id=message, by=user_of(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            explain(form, refused)
        else:
            to = f"{reverse('inquiries:quality_inquiry', args=[number])}#answer-{message}"
            return pages.done(request, _("The grade was saved."), to=to)
    else:
        note_refused(request, form, timezone.now(), target=("inquiry", found.pk))
    return _show(request, found, refused=form, status=422)


def _found(request: HttpRequest, number: str) -> Inquiry:
    found = reviewable(user_of(request), number)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, found: Inquiry, *, refused: GradeForm | None = None, status: int = 200) -> HttpResponse:
    user = user_of(request)
    answers = answers_of(found, Moment.of(timezone.now()).authority)
    if refused is not None and refused.of not in {answer.message.pk for answer in answers}:
        raise Http404
    context: dict[str, Any] = {
        "inquiry": found,
        "rows": {row.answer.message.pk: row for row in _rows(user, answers, refused)},
        "messages_list": messages_of(found),
        "refused": refused,
    }
    return render(request, "inquiries/quality_inquiry.html", context, status=status)


def _rows(user: User, answers: Sequence[Answer], refused: GradeForm | None) -> list[Row]:
    rows = []
    for answer in answers:
        pk, form, mine = answer.message.pk, None, None
        if answer.message.author_id != user.pk:
            mine = next((one for one in answer.reviews if one.reviewed_by_id == user.pk), None)
            initial = {"grade": mine.grade, "remark": mine.remark} if mine else {}
            form = refused if refused is not None and refused.of == pk else GradeForm(of=pk, initial=initial)
        rows.append(Row(answer, form, is_graded=mine is not None))
    return rows
