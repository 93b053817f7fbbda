from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "crm_portal.worktime"
    default_auto_field = "django.db.models.BigAutoField"
