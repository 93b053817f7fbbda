from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "crm_portal.people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from . import lockout, permissions
        from .rules import access

        permissions.register(access.TABLE)
        lockout.connect()
        user_logged_out.connect(_forget_identification, dispatch_uid="shaam_identification")


def _forget_identification(*, user: Any, **_signal: Any) -> None:
    from .services import shaam

    if user is not None and user.is_employee:
        shaam.forget(user=user)
