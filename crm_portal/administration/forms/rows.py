"""The form of a reference table's row, made from the table's own description; it parses, the service decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.db.models import Model
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.people.rules.roles import UserKind

from ..selectors.rows import stamp_of
from ..tables import Table

LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
CODE_HINT = _("Latin letters, digits and hyphens. Leave empty to have one made; it is never changed.")


class DayInput(forms.DateInput):
    """The browser's own picker of days."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class EmployeeField(forms.CharField):
    """An employee by user name; cleans to the account."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=150, widget=forms.TextInput(attrs={**LATIN, "list": "employees"}), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("username", flat=True).first() or ""
        return value

    def clean(self, value: Any) -> User | None:
        if isinstance(value, int):  # of a row whose employee is not changed
            return User.objects.filter(pk=value).first()
        username = super().clean(value).strip()
        user = User.objects.filter(username=username, kind=UserKind.EMPLOYEE.value).first()
        if user is None and username:
            raise forms.ValidationError(_("There is no employee of this user name. Look it up under Employees."))
        return user


class RowForm(forms.Form):
    """The fields of one row, as its table wants them shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        table: Table,
        row: Any,
        posted: Mapping[str, Any] | None,
        *,
        on: date,
        preset: Mapping[str, Any] | None = None,
        reads_only: bool = False,
    ) -> None:
        self.table, self.row = table, row
        super().__init__(posted, initial={**_initial(table, row, on), **(preset or {})})
        self.is_held_already = table.is_dated and row is not None and row.valid_from < on
        self.fields |= self._row_fields()
        if self.is_held_already:
            self.fields["holds_from"] = forms.DateField(
                label=_("The change holds from"), initial=on, widget=DayInput(),
                help_text=_("Until the day before the table stays as it is. Inquiries already routed keep their team."),
            )  # fmt: skip
            self.order_fields([*(name for name in self.fields if name != "valid_until"), "valid_until"])
        for name, (choice, path) in table.narrowed_by.items():
            if (preset or {}).get(name) is not None:
                self.fields[choice].queryset = self.fields[choice].queryset.filter(  # type: ignore[attr-defined]
                    **{path: (preset or {})[name]}
                )
        for name, field in self.fields.items():
            is_fixed = row is not None and name in table.fixed
            if reads_only or is_fixed:
                field.disabled = True
                field.required = False
                if is_fixed:
                    field.help_text = ""

    @property
    def typed(self) -> list[forms.BoundField]:
        """What is typed or chosen."""
        return [bound for bound in self if not bound.is_hidden and not isinstance(bound.field, forms.BooleanField)]

    @property
    def ticked(self) -> list[forms.BoundField]:
        """What is ticked or not, shown together below."""
        return [bound for bound in self if isinstance(bound.field, forms.BooleanField)]

    def values(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return {name: self.cleaned_data[name] for name in self.table.fields if name in self.cleaned_data}

    def _row_fields(self) -> dict[str, forms.Field]:
        names = [name for name in self.table.fields if not (self.is_held_already and name == "valid_from")]
        made: dict[str, forms.Field] = fields_for_model(self.table.model, fields=names, formfield_callback=self._field)
        return {name: made[name] for name in names}

    def _field(self, column: Any, **options: Any) -> forms.Field:
        name = column.name
        field: forms.Field
        if name in self.table.by_name:
            field = EmployeeField(label=column.verbose_name)
        elif name in self.table.choices and not column.is_relation:
            field = forms.TypedChoiceField(
                label=column.verbose_name,
                choices=self.table.choices[name](),
                required=not column.blank,
                coerce=column.to_python,
                empty_value="",
            )
        else:
            field = column.formfield(**options)
        if name in self.table.choices and isinstance(field, forms.ModelChoiceField):
            field.queryset = self._with_present(name, self.table.choices[name]())
        if isinstance(field, forms.DateField):
            field.widget = DayInput()
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.widget = forms.CheckboxSelectMultiple(choices=field.choices)  # type: ignore[arg-type]
        if name in {"code", "username"}:
            field.widget.attrs |= LATIN
        if name == "code":
            field.required = False
            field.help_text = CODE_HINT
            field.validators = [*field.validators, validate_slug]
        field.help_text = self.table.hints.get(name, field.help_text if name != "username" else "")  # type: ignore[assignment]
        return field

    def _with_present(self, name: str, queryset: Any) -> Any:
        """What may be chosen, and what is chosen already although it may be no more."""
        present = getattr(self.row, f"{name}_id", None) if self.row is not None else None
        if present is None or queryset.filter(pk=present).exists():
            return queryset
        return queryset.model.objects.filter(pk__in=[present, *queryset.values_list("pk", flat=True)])


class EndingForm(forms.Form):
    """The last day of a dated row, or nothing but the confirmation."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, posted: Mapping[str, Any] | None, *, asks_for_day: bool, on: date, seen: str) -> None:
        super().__init__(posted, initial={"seen": seen})
        if asks_for_day:
            self.fields["last_day"] = forms.DateField(
                label=_("Last day"), initial=on, widget=DayInput(),
                help_text=_("It holds to the end of this day. Yesterday ends it at once."),
            )  # fmt: skip


def _initial(table: Table, row: Model | None, on: date) -> dict[str, Any]:
    if row is None:
        fields = {name: table.model._meta.get_field(name) for name in table.fields}
        defaults = {name: field.get_default() for name, field in fields.items() if field.has_default()}
        return {**defaults, **({"valid_from": on} if table.is_dated else {})}
    values = forms.model_to_dict(row, fields=table.fields)
    return {**values, "seen": stamp_of(row)}
