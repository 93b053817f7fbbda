"""Pages of batches, subjects' files, dual control, members, the access log, settings and exemptions."""

from django.urls import path

from .views import accesses, batches, members, proposals, settings, subjects

app_name = "credit"
urlpatterns = [
    path("approvals/", proposals.start, name="start"),
    path("approvals/list/<slug:key>/", proposals.show_list, name="proposals"),
    path("approvals/<int:pk>/", proposals.proposal, name="proposal"),
    path("approvals/<int:pk>/approve/", proposals.approve, name="approve"),
    path("approvals/<int:pk>/reject/", proposals.reject, name="reject"),
    path("approvals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw"),
    path("members/", members.show_members, name="members"),
    path("members/give/", members.give, name="give_role"),
    path("members/identify/", members.identify, name="identify"),
    path("members/<int:pk>/take/", members.take, name="take_role"),
    path("batches/", batches.show_batches, name="batches"),
    path("batches/send/", batches.send, name="send_batch"),
    path("batches/<uuid:pk>/", batches.batch, name="batch"),
    path("batches/<uuid:pk>/not-taken.csv", batches.not_taken, name="not_taken"),
    path("late-supplies/", batches.show_late, name="late_supplies"),
    path("subjects/", subjects.find, name="find_subject"),
    path("subjects/<int:pk>/", subjects.subject, name="subject"),
    path("access-log/", accesses.show_log, name="accesses"),
    path("access-log/find/", accesses.find, name="find_accesses"),
    path("access-log/export.csv", accesses.export, name="export_accesses"),
    path("access-log/export/propose/", accesses.propose_export, name="propose_export"),
    path("settings/", settings.show_settings, name="settings"),
    path("settings/propose/", settings.propose_setting, name="propose_setting"),
    path("settings/day/", settings.propose_day, name="propose_day"),
    path("exemptions/", settings.show_exemptions, name="exemptions"),
    path("exemptions/propose/", settings.propose_exemption, name="propose_exemption"),
]
