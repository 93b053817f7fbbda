"""Addresses of routing's pages."""

from django.urls import path

from .views import completeness, contact, what_if

app_name = "routing"
urlpatterns = [
    path("administration/completeness/", completeness.completeness, name="completeness"),
    path("contact/", contact.contact, name="contact"),
    path("routing/what-if/", what_if.what_if, name="what_if"),
]
