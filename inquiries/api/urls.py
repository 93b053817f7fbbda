"""REST routes of the inquiries."""

from django.urls import path

from .dashboard_views import MyDashboard, OneChart, Widget
from .list_views import OneInquiry, ViewRows, Views
from .views import Requirements, Transitions

app_name = "inquiries_api"
urlpatterns = [
    path("views/", Views.as_view(), name="views"),
    path("views/<slug:key>/", ViewRows.as_view(), name="view_rows"),
    path("dashboards/me/", MyDashboard.as_view(), name="dashboard"),
    path("dashboards/me/widgets/<slug:key>/", Widget.as_view(), name="widget"),
    path("charts/<slug:key>/", OneChart.as_view(), name="chart"),
    path("inquiries/<str:number>/", OneInquiry.as_view(), name="inquiry"),
    path("inquiries/<str:number>/requirements/", Requirements.as_view(), name="requirements"),
    path("inquiries/<str:number>/transitions/", Transitions.as_view(), name="transitions"),
]
