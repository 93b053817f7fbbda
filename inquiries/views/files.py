"""Opening a file of an inquiry, and describing it (screen E9)."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from crm_portal.errors import HTTP_STATUS, Code, Refused
from crm_portal.files.responses import clean_file
from crm_portal.people.permissions import may
from crm_portal.sentences import sentences
from crm_portal.ui.forms import explain, note_refused

from ..forms.correspondence import AttachmentNoteForm
from ..models import Attachment
from ..rules.access import Action
from ..services import attaching
from .inquiry import found
from .who import user_of


@require_GET
@may(Action.OPEN_ATTACHMENT)
def content(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Open the clean copy of a file."""
    user = user_of(request)
    if not Attachment.objects.filter(inquiry=found(request, number), pk=pk).exists():
        raise Http404
    try:
        return clean_file(attaching.open_attachment(attachment_id=pk, by=user, at=timezone.now()).file)
    except Refused as refused:
        context = {"sentences": sentences(refused), "number": number}
        return render(request, "inquiries/file_refused.html", context, status=HTTP_STATUS[refused.code])


@require_http_methods(["GET", "POST"])
@may(Action.ATTACH)
def note(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Change the remark on a file and whether the customer sees it, in a window of its own (CRM-5.1.2-a)."""
    user = user_of(request)
    inquiry = found(request, number)
    attachment = Attachment.objects.select_related("file").filter(inquiry=inquiry, pk=pk).first()
    if attachment is None:
        raise Http404
    present = {"show_on_internet": "yes" if attachment.show_on_internet else "no", "note": attachment.notes}
    form = AttachmentNoteForm(request.POST or None, initial={**present, "version": attachment.version})
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            attaching.edit_attachment(
                attachment_id=pk,
                by=user,
                at=timezone.now(),
                show_on_internet=form.cleaned_data["show_on_internet"] == "yes",
                note=form.cleaned_data["note"],
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            stale = refused.code is Code.STALE_VERSION
            if stale:  # what it is now is shown beside what was typed, which can be sent again on top of it
                attachment.refresh_from_db()
                form.data = {**dict(form.data.items()), "version": str(attachment.version)}
            explain(form, refused)
        else:
            return redirect(f"{reverse('inquiries:file_note', args=[number, pk])}?saved=1")
    elif request.method == "POST":
        note_refused(request, form, timezone.now(), target=("attachment", pk))
    context = {
        "inquiry": inquiry,
        "attachment": attachment,
        "form": form,
        "saved": "saved" in request.GET,
        "stale": stale,
    }
    return render(request, "inquiries/file_note.html", context, status=422 if request.method == "POST" else 200)
