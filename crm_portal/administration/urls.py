"""Addresses of the administration screens M1 to M6."""

from django.urls import path

from .views import accounts, calendars, home, machines, settings, tables

app_name = "administration"
urlpatterns = [
    path("administration/", home.home, name="home"),
    path("administration/tables/<slug:key>/", tables.rows, name="rows"),
    path("administration/tables/<slug:key>/new/", tables.new, name="new"),
    path("administration/tables/<slug:key>/<str:row_id>/", tables.row, name="row"),
    path("administration/tables/<slug:key>/<str:row_id>/end/", tables.end, name="end"),
    path("administration/tables/<slug:key>/<str:row_id>/resume/", tables.resume, name="resume"),
    path("administration/employees/<int:pk>/invite/", accounts.invite, name="invite"),
    path("administration/employees/<int:pk>/second-factor/", accounts.reset_second_factor, name="second_factor"),
    path("administration/calendar/", calendars.calendar, name="calendar"),
    path("administration/calendar/import/", calendars.load, name="calendar_import"),
    path("administration/calendar/<slug:name>/<str:on>/", calendars.day, name="day"),
    path("administration/settings/", settings.settings, name="settings"),
    path("administration/timers/", machines.timers, name="timers"),
    path("administration/timers/<slug:name>/run/", machines.run, name="run_timer"),
    path("administration/registers/", machines.registers, name="registers"),
]
