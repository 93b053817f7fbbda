"""Letters, objections and appeals: the claimant's pages under his claim, the officer's under the fund's."""

from django.urls import path

from .views import letters

app_name = "objections"
urlpatterns = [
    path("compensation/claims/<str:number>/letters/<int:pk>/", letters.own_letter, name="own_letter"),
]
