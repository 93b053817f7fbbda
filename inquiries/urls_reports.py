"""Routes of the management reports."""

from django.urls import path

from .views import reports

patterns = [
    path("reports/", reports.index, name="reports"),
    path("reports/exports/<int:pk>/", reports.progress, name="export"),
    path("reports/exports/<int:pk>/file/", reports.download, name="export_file"),
    path("reports/<slug:key>/", reports.report, name="management_report"),
    path("reports/<slug:key>/export/", reports.export, name="report_export"),
]
