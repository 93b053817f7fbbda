"""The admin site, entered through the portal's own sign-in, governed by the security roles and told to the audit."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECRET = frozenset({"password", "password1", "password2"})


class PortalAdminConfig(AdminConfig):
    default_site = "crm_portal.people.admin_site.PortalAdminSite"


if TYPE_CHECKING:
    _Base = ModelAdmin
else:
    _Base = object


class Audited(_Base):
    """Writes every change into the audit, in its transaction, and deletes nothing; every registered admin gets it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _tell(request, obj, "change" if change else "add", form)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        forms = {one.instance.pk: one for one in formset.forms}
        for row in formset.new_objects:
            _tell(request, row, "add", forms.get(row.pk))
        for row, _fields in formset.changed_objects:
            _tell(request, row, "change", forms.get(row.pk))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ModelAdmin):
    """Rows to look at."""

    show_full_result_count = False  # counting a million rows costs more than it tells
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PortalAdminSite(AdminSite):
    """To look up reference data, users and the audit; who sees which models is in `rules.access`."""

    site_header = site_title = _("Reference data and users")
    index_title = _("Tables")
    site_url = "/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register a model's admin, audited."""
        given = admin_class or ModelAdmin
        super().register(model_or_iterable, type(f"Audited{given.__name__}", (Audited, given), {}), **options)

    def has_permission(self, request: HttpRequest) -> bool:
        from .models import User
        from .rules.access import PeopleAction

        return isinstance(request.user, User) and request.user.may(PeopleAction.ENTER_ADMIN_SITE)

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """There is one sign-in, with its second factor."""
        return redirect("people:sign_in")


def _tell(request: HttpRequest, row: models.Model, verb: str, form: Any = None) -> None:
    from crm_portal.audit.services.recording import record

    changed: Iterable[str] = [name for name in form.changed_data if name not in SECRET] if form is not None else ()
    record(
        f"{row._meta.model_name}.{verb}",
        by=request.user,
        at=timezone.now(),
        target=row,
        before={name: _shown(form, name, form.initial.get(name)) for name in changed} if verb == "change" else None,
        after={name: _shown(form, name, form.cleaned_data.get(name)) for name in changed} if form is not None else None,
    )


def _shown(form: Any, name: str, value: Any) -> str:
    """A form's value as the audit keeps it: what a row points to by its name, before as after."""
    if isinstance(value, list | models.QuerySet):
        return ", ".join(sorted(map(str, value)))
    queryset = getattr(form.fields.get(name), "queryset", None)
    if queryset is not None and value is not None and not isinstance(value, models.Model):
        value = queryset.filter(pk=value).first() or value
    return "" if value is None else str(value)
