"""The fund's pages: queues, the review of a claim."""

from django.urls import path

from .views import dashboard, documents, letters, queue, review

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
    path("<str:number>/propose/", review.propose, name="propose"),
    path("<str:number>/approve/", review.approve, name="approve"),
    path("<str:number>/return/", review.send_back, name="send_back"),
    path("<str:number>/documents/<int:pk>/", documents.document, name="document"),
    path("<str:number>/letters/<int:pk>/", letters.letter, name="letter"),
]
