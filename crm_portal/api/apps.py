from django.apps import AppConfig


class APIConfig(AppConfig):
    name = "crm_portal.api"
    default_auto_field = "django.db.models.BigAutoField"
