"""Routes of the inquiries: the clerk's screens, and the personal area."""

from django.urls import path

from . import urls_coordination, urls_reports, urls_representation, urls_tabs, urls_templates, urls_toolbar, urls_triage
from .views import assigning, files, handling, home, inquiry, manual, queue, saved

app_name = "inquiries"
urlpatterns = [
    *urls_reports.patterns,
    *urls_tabs.patterns,
    path("inquiries/", queue.start, name="queue"),
    path("inquiries/home/", home.home, name="home"),
    path("inquiries/views/<slug:key>/", queue.view, name="view"),
    path("inquiries/saved-views/", saved.index, name="saved_views"),
    path("inquiries/saved-views/new/", saved.save, name="save_view"),
    path("inquiries/saved-views/<int:pk>/rename/", saved.rename, name="rename_view"),
    path("inquiries/saved-views/<int:pk>/delete/", saved.delete, name="delete_view"),
    path("inquiries/assign/", assigning.assign, name="assign"),
    path("inquiries/release/", assigning.release, name="release"),
    path("inquiries/new/", manual.new, name="new"),
    *urls_coordination.patterns,
    *urls_representation.pages,
    path("inquiries/<str:number>/", inquiry.page, name="inquiry"),
    *urls_toolbar.patterns,
    *urls_representation.patterns,
    *urls_templates.patterns,
    *urls_triage.patterns,
    path("inquiries/<str:number>/treatment/", handling.treat, name="treatment"),
    path("inquiries/<str:number>/triplet/", handling.correct_triplet, name="triplet"),
    path("inquiries/<str:number>/real-estate/", handling.real_estate, name="real_estate"),
    path("inquiries/<str:number>/message/", handling.send_message, name="message"),
    path("inquiries/<str:number>/verify/", handling.verify, name="verify"),
    path("inquiries/<str:number>/files/", handling.attach, name="attach"),
    path("inquiries/<str:number>/files/<int:pk>/", files.note, name="file_note"),
    path("inquiries/<str:number>/files/<int:pk>/content/", files.content, name="file"),
]
