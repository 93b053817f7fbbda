from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "crm_portal.files"
    default_auto_field = "django.db.models.BigAutoField"
