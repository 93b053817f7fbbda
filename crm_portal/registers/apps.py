from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "crm_portal.registers"
    default_auto_field = "django.db.models.BigAutoField"
