"""Everything that a deployment may set, by environment; `docs/operations.md` lists the variables."""

import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# A demonstration shows accounts on the sign-in page and codes in the outbox. Never in production.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
SECRET_KEY = env.str("SECRET_KEY")
# What lies encrypted (credit data): the first key writes, all read. The hash by which numbers are found never changes.
DATA_KEYS = env.list("DATA_KEYS", default=[SECRET_KEY])
DATA_HASH_KEY = env.str("DATA_HASH_KEY", default=DATA_KEYS[-1])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The proxies whose X-Forwarded-For is believed, as addresses or networks; with none, the header is ignored.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000")  # the address that messages link to

INSTALLED_APPS = [
    "crm_portal",
    "crm_portal.people.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "rest_framework",
    "crm_portal.configuration",
    "crm_portal.worktime",
    "crm_portal.audit",
    "crm_portal.files",
    "crm_portal.messaging",
    "crm_portal.registers",
    "crm_portal.people",
    "crm_portal.ui",
    "crm_portal.api",
    "crm_portal.administration",
    "crm_portal.embedded",
    "routing",
    "inquiries",
    "compensation",
    "creditdata",
]

MIDDLEWARE = [
    "crm_portal.api.health.HealthFirst",
    "django.middleware.security.SecurityMiddleware",
    "crm_portal.audit.middleware.OriginMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "crm_portal.ui.middleware.LanguageMiddleware",
    "crm_portal.ui.middleware.ReadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "crm_portal.people.middleware.OriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "crm_portal.people.middleware.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "crm_portal.urls"
WSGI_APPLICATION = "crm_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm_portal.ui.shell.shell",
            ],
        },
    },
]

FORM_RENDERER = "crm_portal.ui.forms.PortalRenderer"

_DATABASE = env.db("DATABASE_URL")
DATABASES = {
    "default": {
        **_DATABASE,
        "HOST": unquote(_DATABASE["HOST"]),  # a socket's folder is written %2Fso%2Fin%20a%20URL
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": env.bool("PGBOUNCER", default=False),  # a pooler gives them to another client
        "OPTIONS": {"connect_timeout": 2, **_DATABASE.get("OPTIONS", {})},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses whoever tried too often
    "crm_portal.people.backends.RoleBackend",
    "crm_portal.people.backends.EmployeeBackend",
    "crm_portal.people.backends.SecondFactorBackend",
    "crm_portal.people.backends.CustomerBackend",
    "crm_portal.people.backends.CardBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

# Lockout; the limits themselves stand in `people.lockout`.
AXES_HANDLER = "crm_portal.people.lockout.LockoutHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "crm_portal.people.lockout.name_of"
AXES_CLIENT_IP_CALLABLE = "crm_portal.people.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "crm_portal.people.views.entering.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "id_number", "card_number", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the audit keeps them
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
MFA_ADAPTER = "crm_portal.people.second_factor_adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "CRM Portal"
MFA_TOTP_TOLERANCE = 1  # thirty seconds before and after

LANGUAGE_CODE = "he"
LANGUAGES = [("he", _("Hebrew")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jerusalem"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "files"))
# Uploads lie in folders of MEDIA_ROOT, or in an S3-compatible bucket where one is named.
STORAGE_S3_BUCKET = env.str("STORAGE_S3_BUCKET", default="")
_S3 = {
    "bucket_name": STORAGE_S3_BUCKET,
    "endpoint_url": env.str("STORAGE_S3_ENDPOINT", default="") or None,  # empty: Amazon's own
    "region_name": env.str("STORAGE_S3_REGION", default="") or None,
    "access_key": env.str("STORAGE_S3_ACCESS_KEY", default="") or None,  # empty: as the machine is known
    "secret_key": env.str("STORAGE_S3_SECRET_KEY", default="") or None,
    "addressing_style": env.str("STORAGE_S3_ADDRESSING", default="auto"),
    "file_overwrite": True,
    "default_acl": None,
}


def _uploads(folder: str) -> dict[str, object]:
    if STORAGE_S3_BUCKET:
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**_S3, "location": folder}}
    return {"BACKEND": "crm_portal.files.storages.FolderStorage", "OPTIONS": {"folder": folder}}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "quarantine": _uploads("quarantine"),  # never served
    "clean": _uploads("clean"),
    "exports": _uploads("exports"),  # reports that workers wrote, for some days
    "intake": _uploads("intake"),  # what sources of credit data sent, encrypted
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # longer than the longest task
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
# One queue per kind of work; a worker takes from all of them unless `-Q` names some.
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("deadlines", "messages", "files")]
CELERY_TASK_DEFAULT_QUEUE = "deadlines"
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a misspelt queue is an error, not a place where orders wait forever
CELERY_BEAT_SCHEDULER = "crm_portal.celery:TimerScheduler"

# "local" keeps messages in the outbox page and sends nothing; the others are "smtp" and "http".
EMAIL_ADAPTER = env.str("EMAIL_ADAPTER", default="local")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
EMAIL_FILES_MAX_MB = env.int("EMAIL_FILES_MAX_MB", default=20)  # of all files that go with one e-mail
SMS_ADAPTER = env.str("SMS_ADAPTER", default="local")
DELIVERY_REPORT_KEYS = env.list("DELIVERY_REPORT_KEYS", default=[])  # of providers; none: no reports are taken
SMS_GATEWAY_URL = env.str("SMS_GATEWAY_URL", default="")
SMS_GATEWAY_TOKEN = env.str("SMS_GATEWAY_TOKEN", default="")
SMS_SENDER = env.str("SMS_SENDER", default="TaxPortal")
SMS_TIMEOUT = env.int("SMS_TIMEOUT", default=10)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # and much shorter when left alone: `people.middleware`
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
if env.bool("HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["crm_portal.people.api.RoleMayDo"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "crm_portal.api.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CRM portal",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
}

# The figures of section 4.3 of the CRM specification, as long as the CRM department sets no others (`configuration`).
OPEN_INQUIRIES_PER_TRIPLET = 3
OPEN_MESSAGES = 3
CORRESPONDENCE_DAYS = 14
WAITING_MONTHS = 3
SLA_NEAR_PERCENT = 80
SLA_TARGET_PERCENT = 90
WEEKEND_DAYS = [4, 5]  # Friday and Saturday; Monday is 0
WORKING_HOURS = env.str("WORKING_HOURS", default="")  # "08:00-16:00"; empty: whole days
MANY_MESSAGES_THRESHOLD = 5
GENERAL_QUESTIONS_PER_HOUR = 10  # from one address of the network, without signing in (CRM-2.2.1-b)
REAL_ESTATE_SECTION_ENABLED = False
TRIAGE_SUGGESTIONS = 3
MIN_REPLY_LENGTH = 20
SHAAM_PASSWORD_TRIES = 5
FILE_MAX_MB = env.int("FILE_MAX_MB", default=10)
FILE_TYPES = env.list(  # may be narrowed; what is not in `files.rules.kinds` cannot be cleaned and so not be added
    "FILE_TYPES",
    default=["pdf", "png", "jpg", "jpeg", "gif", "tif", "tiff", "docx", "xlsx", "txt", "csv"],
)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "crm_portal.files.uploading.CappedUploadHandler",
]
CLAMD_URL = env.str("CLAMD_URL", default="")  # tcp://host:port or unix:/path; empty: only the portal's own checks

# The external systems (section 4.7): a dotted path for each adapter. The local versions answer from REGISTERS_FOLDER.
_ADAPTERS = "crm_portal.registers.adapters"
REGISTERS = {
    name: env.str(f"REGISTER_{name.upper()}", default=f"{_ADAPTERS}.{path}")
    for name, path in {
        "population": "population.LocalPopulation",
        "shaam": "shaam.LocalShaam",
        "representatives_register": "representatives.LocalRepresentativesRegister",
        "matzpen": "matzpen.LocalMatzpen",
        "identity": "identity.LocalIdentityCheck",
        "smart_cards": "smart_cards.LocalSmartCards",
        "vat_key": "vat_key.LocalVatKey",
        "computerised_file": "computerised_file.LocalComputerisedFile",
        "recordings": "recordings.LocalRecordings",
        "origin": "origin.LocalOrigin",
    }.items()
}
# It learns from the portal's own verdicts; crm_portal.registers.adapters.triage.LocalTriage only compares words.
REGISTERS["triage"] = env.str("REGISTER_TRIAGE", default="inquiries.services.triage.LearningTriage")
REGISTERS_FOLDER = env.path("REGISTERS_FOLDER", default=str(BASE_DIR / "crm_portal" / "registers" / "local"))
COMPUTERISED_FILE_FOLDER = env.path("COMPUTERISED_FILE_FOLDER", default=str(BASE_DIR / "var" / "computerised_file"))
RECORDINGS_FOLDER = env.path("RECORDINGS_FOLDER", default=str(BASE_DIR / "var" / "recordings"))

# Logs go to standard error, so that a command's output stays its own. Tracebacks show no local variables: they may
# hold personal data or a one-time code.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.dev.ConsoleRenderer(colors=False) if DEBUG or DEMONSTRATION else structlog.processors.JSONRenderer(),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(env.str("LOG_LEVEL", default="INFO")),
    logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
)
