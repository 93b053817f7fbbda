"""The fund's pages: queues, the review of a claim."""

from django.urls import path

from .views import appeals, dashboard, documents, letters, more_time, officer, queue, review, reviews

app_name = "claims"
urlpatterns = [
    path("", queue.start, name="start"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("queue/<slug:key>/", queue.queue, name="queue"),
    path("queue/<slug:key>.<slug:kind>", dashboard.export, name="export"),
    path("<str:number>/", review.review, name="review"),
    path("<str:number>/take/", review.take, name="take"),
    path("<str:number>/causation/", review.causation, name="causation"),
    path("<str:number>/figure/", review.figure, name="figure"),
    path("<str:number>/adjust/", review.adjust, name="adjust"),
    path("<str:number>/adjustments/<int:pk>/remove/", review.remove_adjustment, name="remove_adjustment"),
    path("<str:number>/rate/", review.rate, name="rate"),
    path("<str:number>/findings/<int:pk>/settle/", review.settle, name="settle"),
    path("<str:number>/details/", review.request_details, name="request_details"),
    path("<str:number>/details/<int:pk>/accept/", review.accept_details, name="accept_details"),
    path("<str:number>/extend/", more_time.extend, name="extend"),
    path("<str:number>/propose/", review.propose, name="propose"),
    path("<str:number>/approve/", review.approve, name="approve"),
    path("<str:number>/return/", review.send_back, name="send_back"),
    path("<str:number>/documents/<int:pk>/", documents.document, name="document"),
    path("<str:number>/letters/<int:pk>/", letters.letter, name="letter"),
    path("<str:number>/reviews/", reviews.of_claim, name="reviews"),
    path("<str:number>/correct/", reviews.correct, name="correct"),
    path("<str:number>/objections/<int:pk>/take/", officer.take, name="take_objection"),
    path("<str:number>/objections/<int:pk>/ask/", officer.ask, name="ask_objector"),
    path("<str:number>/objections/<int:pk>/complete/", officer.confirm_complete, name="confirm_complete"),
    path("<str:number>/objections/<int:pk>/extend/", officer.extend, name="extend_objection"),
    path("<str:number>/objections/<int:pk>/decide/", officer.decide, name="decide_objection"),
    path("<str:number>/objections/<int:pk>/appeal/", appeals.record_appeal, name="record_appeal"),
    path("<str:number>/objection-requests/<int:pk>/accept/", officer.accept_answer, name="accept_answer"),
    path("<str:number>/appeals/<int:pk>/hearing/", appeals.hearing, name="hearing"),
    path("<str:number>/appeals/<int:pk>/committee/", appeals.committee, name="committee"),
    path("<str:number>/appeals/<int:pk>/court/", appeals.court, name="court"),
    path("<str:number>/appeals/<int:pk>/court-decision/", appeals.court_decision, name="court_decision"),
    path("<str:number>/files/<slug:kind>/<int:pk>/", reviews.document, name="review_file"),
]
