"""Addresses of routing's pages."""

from django.urls import path

from .views import contact, what_if

app_name = "routing"
urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("routing/what-if/", what_if.what_if, name="what_if"),
]
