"""Loads Celery with the project, so that `crm_portal/__init__.py` can stay empty (rules import it without Django)."""

from django.apps import AppConfig


class CrmPortalConfig(AppConfig):
    name = "crm_portal"

    def ready(self) -> None:
        from . import celery  # noqa: F401 - importing it makes it the default app of every task
