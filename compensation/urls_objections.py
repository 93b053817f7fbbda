"""Letters, objections and appeals: the claimant's pages under his claim, the officer's and the clerk's lists."""

from django.urls import path

from .views import letters, officer, own_objection, tasks

app_name = "objections"
OWN = "compensation/claims/<str:number>/"
urlpatterns = [
    path(f"{OWN}letters/<int:pk>/", letters.own_letter, name="own_letter"),
    path(f"{OWN}objection/", own_objection.objection, name="own"),
    path(f"{OWN}objection/file/", own_objection.file, name="file"),
    path(f"{OWN}objection/requests/<int:pk>/", own_objection.answer, name="answer"),
    path(f"{OWN}objection/<int:pk>/appeal/", own_objection.appeal, name="appeal"),
    path("objections/", officer.queue, name="queue"),
    path("objections/list/<slug:key>/", officer.queue, name="list"),
    path("claim-tasks/", tasks.tasks, name="tasks"),
    path("claim-tasks/<int:pk>/", tasks.do_task, name="do_task"),
]
