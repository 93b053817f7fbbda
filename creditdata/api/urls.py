"""REST routes of credit data."""

from django.urls import path

from . import views

app_name = "creditdata_api"
urlpatterns = [
    path("creditdata/batches/", views.Batches.as_view(), name="batches"),
    path("creditdata/batches/<uuid:pk>/", views.OneBatch.as_view(), name="batch"),
    path("creditdata/batches/<uuid:pk>/rows/", views.BatchRows.as_view(), name="batch_rows"),
    path("creditdata/late-supplies/", views.LateSupplies.as_view(), name="late_supplies"),
]
