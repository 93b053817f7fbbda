from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigurationConfig(AppConfig):
    name = "crm_portal.configuration"
    verbose_name = _("Settings")
    default_auto_field = "django.db.models.BigAutoField"
