from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "routing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from crm_portal.people.permissions import register

        from .rules import access
        from .services import reference, shipped

        register(access.ALLOWED)
        reference.register_loader("routing", shipped.load)
