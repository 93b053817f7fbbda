from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "crm_portal.messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - importing it registers the checks
