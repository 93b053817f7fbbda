from django.urls import path

from crm_portal.people.permissions import public

from . import views

app_name = "api"

urlpatterns = [
    path("v1/schema/", public(views.SchemaView.as_view()), name="schema"),
]
