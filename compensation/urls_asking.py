"""What a claimant asks beside a claim."""

from django.urls import path

from .views import own_requests

app_name = "asking"
urlpatterns = [
    path("requests/", own_requests.own, name="own"),
    path("requests/advance/", own_requests.advance, name="advance"),
    path("requests/time/", own_requests.extension, name="extension"),
]
