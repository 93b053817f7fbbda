from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "crm_portal.people"
    default_auto_field = "django.db.models.BigAutoField"
