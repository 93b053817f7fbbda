"""What every form of the portal shares: refusals at their fields, several files in one field, the field template."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting

from crm_portal.errors import Refused
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
