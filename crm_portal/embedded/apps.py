from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "crm_portal.embedded"
    default_auto_field = "django.db.models.BigAutoField"
