from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "crm_portal.messaging"
    default_auto_field = "django.db.models.BigAutoField"
