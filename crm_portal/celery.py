"""The Celery application. What runs when is said by the timers that each app registers (`worktime.timers`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_portal.settings")

app = Celery("crm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()
app.autodiscover_tasks()
