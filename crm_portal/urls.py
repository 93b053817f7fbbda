"""The project shell's routes: each app's own `urls` under its prefix. Only the shell knows all apps."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
]
