from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "crm_portal.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import lockout, permissions
        from .rules import access

        permissions.register(access.TABLE)
        lockout.connect()
