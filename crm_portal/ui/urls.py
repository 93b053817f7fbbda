from django.urls import path

from .views import announcements, home, preferences

app_name = "ui"
urlpatterns = [
    path("", home.front, name="home"),
    path("preferences/language/", preferences.language, name="language"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/new/", announcements.publish, name="publish_announcement"),
    path("announcements/<int:pk>/", announcements.receipts, name="announcement"),
    path("announcements/<int:pk>/read/", announcements.read, name="read_announcement"),
    path("help/keyboard/", preferences.keyboard_help, name="keyboard"),
]
