from django.urls import path

from .views import home, preferences

app_name = "ui"
urlpatterns = [
    path("", home.front, name="home"),
    path("preferences/language/", preferences.language, name="language"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("help/keyboard/", preferences.keyboard_help, name="keyboard"),
]
