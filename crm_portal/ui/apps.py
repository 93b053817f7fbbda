from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "crm_portal.ui"
    default_auto_field = "django.db.models.BigAutoField"
