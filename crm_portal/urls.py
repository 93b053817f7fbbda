"""The project shell's routes: each app's own `urls` under its prefix. Only the shell knows all apps."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from crm_portal.api.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/", include("crm_portal.api.urls")),
    path("", include("crm_portal.ui.urls")),
    path("", include("crm_portal.people.urls")),
]
