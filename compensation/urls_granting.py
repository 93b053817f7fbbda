"""The fund's desks of advances and requests, and what the manager keeps of the programme."""

from django.urls import path

from .views import advances, programme, requests

app_name = "granting"
urlpatterns = [
    path("advances/", advances.advances, name="advances"),
    path("advances/<slug:key>/", advances.advances, name="advances_at"),
    path("advances/proposals/<int:pk>/", advances.proposal, name="proposal"),
    path("advances/proposals/<int:pk>/confirm/", advances.confirm, name="confirm"),
    path("advances/proposals/<int:pk>/refuse/", advances.refuse_proposal, name="refuse_proposal"),
    path("advances/requests/<int:pk>/", advances.advance_request, name="advance_request"),
    path("advances/requests/<int:pk>/propose/", advances.propose, name="propose"),
    path("advances/requests/<int:pk>/approve/", advances.approve, name="approve"),
    path("advances/requests/<int:pk>/refuse/", advances.refuse_request, name="refuse_request"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<slug:key>/", requests.requests, name="requests_at"),
    path("requests/time/<int:pk>/", requests.extension, name="extension"),
    path("requests/time/<int:pk>/evidence/", requests.evidence, name="evidence"),
    path("requests/time/<int:pk>/grant/", requests.grant_time, name="grant_time"),
    path("requests/time/<int:pk>/refuse/", requests.refuse_time, name="refuse_time"),
    path("requests/checks/<int:pk>/", requests.check, name="check"),
    path("requests/checks/<int:pk>/grant/", requests.grant_check, name="grant_check"),
    path("requests/checks/<int:pk>/refuse/", requests.refuse_check, name="refuse_check"),
    path("requests/checks/<int:pk>/aid-plan/", requests.keep_aid_plan, name="keep_aid_plan"),
    path("programme/", programme.programme, name="programme"),
    path("programme/window/", programme.window, name="window"),
    path("programme/figures/<slug:key>/", programme.figure, name="figure"),
    path("programme/campaigns/<int:pk>/", programme.campaign, name="campaign"),
    path("programme/towns/<int:pk>/", programme.town, name="town"),
    path("programme/index/", programme.index, name="index"),
    path("programme/interest/", programme.interest, name="interest"),
    path("programme/holidays/", programme.rest_day, name="rest_day"),
]
