"""What every form of the portal shares: refusals at their fields, several files in one field, the field template."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from crm_portal.audit.services.forms import record_once, refusal_of
from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.permissions import required_action
from crm_portal.sentences import sentence


class PortalRenderer(TemplatesSetting):
    """Django's own widgets, with our template around each field and each form."""

    field_template_name = "portal/components/form_field.html"
    form_template_name = "portal/components/form.html"


class FilesInput(forms.ClearableFileInput):
    """A file control that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files; cleans to a list. Whether a file is allowed, the service decides."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)  # an empty file is refused like any other that is no good

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in files]


def explain(form: forms.BaseForm, refused: Refused, fields: Mapping[str, str] | None = None) -> None:
    """
    Show a refused command on the form it came from, each reason at the field it concerns.

    `fields` translates the service's names into the form's; what belongs to no field of the form stands on top.
    """
    names = fields or {}
    for refusal in refused.refusals:
        places: list[str | None] = [
            name for field in refusal.fields if (name := names.get(field, field)) in form.fields
        ]
        for place in places or [None]:
            form.add_error(place, sentence(refusal))


def note_refused(
    request: HttpRequest, refused: forms.BaseForm | Refused, at: datetime, *, target: tuple[str, object] = ("", "")
) -> None:
    """
    Write into the audit what the page itself refused: a form with errors, or what was refused before a command ran.

    The action is the one that the view names. What a command refused, it has written itself, and is not written twice.
    """
    match = request.resolver_match
    action = required_action(match.func, request.method or "") if match is not None else None
    reason = refused if isinstance(refused, Refused) else refusal_of(refused)
    user = request.user if isinstance(request.user, User) else None
    record_once(str(action or ""), reason, by=user, at=at, target_type=target[0], target_id=str(target[1]))
