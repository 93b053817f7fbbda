"""What the pages of the calendar send."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm_portal.worktime.selectors import FIRST_YEAR, LAST_YEAR

from ..labels import problem_sentence
from ..rules.days import DayRow, read_days

LARGEST = 256 * 1024
SHOWN_PROBLEMS = 20


class DayForm(forms.Form):
    """One declared day."""

    is_working = forms.TypedChoiceField(
        label=_("The day is"),
        choices=(("no", _("Not worked")), ("yes", _("Worked"))),
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name of the day"), max_length=120)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Kept in the audit.")
    )


class WithdrawalForm(forms.Form):
    """Why a declaration is taken back."""

    why = forms.CharField(label=_("Reason for the withdrawal"), max_length=500)


class ImportForm(forms.Form):
    """A CSV file of dated holidays; cleans to its days."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: date, name, and working (yes or no) if some days are worked. At most 1,000 lines."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Kept in the audit, for every day."))

    def clean_file(self) -> list[DayRow]:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 256 kilobytes. Split it."))
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not UTF-8 text. Save it as CSV in UTF-8.")) from None
        days, problems = read_days(text, first_year=FIRST_YEAR, last_year=LAST_YEAR)
        if problems:
            said: list[Any] = [problem_sentence(problem) for problem in problems[:SHOWN_PROBLEMS]]
            if more := len(problems) - SHOWN_PROBLEMS:
                said += [_("%(count)d more lines are wrong.") % {"count": more}] if more > 0 else []
            raise forms.ValidationError(said)
        if not days:
            raise forms.ValidationError(_("The file holds no day."))
        return days
