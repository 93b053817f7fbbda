"""The portal's settings for tests: the same, but quick, and apart for each pytest process."""

import os
import re
import tempfile
from pathlib import Path

from crm_portal.settings import *  # noqa: F403
from crm_portal.settings import REDIS_URL as _REDIS_URL
from crm_portal.settings import STORAGES as _STORAGES

# pytest-xdist's processes gw0, gw1, ... share one Redis: each takes a database number of its own.
_process = os.environ.get("PYTEST_XDIST_WORKER", "")
if _process.startswith("gw"):
    REDIS_URL = re.sub(r"/(\d+)$", lambda number: f"/{int(number[1]) + 1 + int(_process[2:])}", _REDIS_URL)
    # A worker process that a test starts reads these settings again, from here on without xdist's mark.
    os.environ["REDIS_URL"] = REDIS_URL
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CELERY_BROKER_URL = REDIS_URL

DEMONSTRATION = False
DEBUG = False
SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing here is secret
MEDIA_ROOT = Path(os.environ.setdefault("MEDIA_ROOT", tempfile.mkdtemp(prefix="crm-portal-test-")))
RECORDINGS_FOLDER = MEDIA_ROOT / "recordings"
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIN_REPLY_LENGTH = 0  # most tests answer in a word; those of the rule set their own
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # straight from the sources: nothing needs to be collected
