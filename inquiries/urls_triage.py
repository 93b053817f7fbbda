"""Routes of the classifier that suggests topics: how well it does, and the export it may be taught from elsewhere."""

from django.urls import path

from .views import triaging

patterns = [
    path("triage/", triaging.page, name="triage"),
    path("triage/train/", triaging.train, name="train_triage"),
    path("triage/export/", triaging.export, name="export_triage"),
]
