"""REST routes of the inquiries."""

from django.urls import path

from .views import Requirements, Transitions

app_name = "inquiries_api"
urlpatterns = [
    path("inquiries/<str:number>/requirements/", Requirements.as_view(), name="requirements"),
    path("inquiries/<str:number>/transitions/", Transitions.as_view(), name="transitions"),
]
