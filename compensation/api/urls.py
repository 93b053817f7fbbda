"""REST routes of compensation."""

from django.urls import path

from .views import Assessments, Eligibility, ResolveTown, Towns

app_name = "compensation_api"
urlpatterns = [
    path("compensation/assessments/", Assessments.as_view(), name="assessments"),
    path("compensation/eligibility/", Eligibility.as_view(), name="eligibility"),
    path("compensation/towns/", Towns.as_view(), name="towns"),
    path("compensation/towns/resolve/", ResolveTown.as_view(), name="resolve_town"),
]
