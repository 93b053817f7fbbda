"""The project shell's routes: each app's own `urls` under its prefix. Only the shell knows all apps."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from crm_portal.api.health import healthz
from crm_portal.messaging.api import Reports
from crm_portal.ui.views import outbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/", include("crm_portal.api.urls")),
    path("api/v1/", include("inquiries.api.urls")),
    path("api/v1/", include("compensation.api.urls")),
    path("api/v1/", include("creditdata.api.urls")),
    path("api/v1/messages/reports/", Reports.as_view(), name="messaging-reports"),
    path("outbox/", outbox.outbox, name="messaging-outbox"),
    path("outbox/<uuid:notification_id>/retry/", outbox.retry, name="messaging-outbox-retry"),
    path("", include("routing.urls")),
    path("", include("crm_portal.ui.urls")),
    path("", include("crm_portal.people.urls")),
    path("", include("crm_portal.administration.urls")),
    path("", include("compensation.urls_objections")),
    path("claims/", include("compensation.urls_granting")),
    path("compensation/", include("compensation.urls_asking")),
    path("compensation/", include("compensation.urls")),
    path("compensation/", include("compensation.urls_employees")),
    path("claims/", include("compensation.urls_review")),
    path("credit-data/", include("creditdata.urls_control")),
    path("treasury/", include("compensation.urls_treasury")),
    path("", include("inquiries.urls_portal")),
    path("", include("inquiries.urls")),
]
