"""Routes of the response templates, and of their choice beside a reply."""

from django.urls import path

from .views import choosing, templates

patterns = [
    path("templates/", templates.listing, name="templates"),
    path("templates/new/", templates.new, name="template_new"),
    path("templates/<int:pk>/", templates.page, name="template"),
    path("templates/<int:pk>/edit/", templates.edit, name="template_edit"),
    path("templates/<int:pk>/submit/", templates.submit, name="template_submit"),
    path("templates/<int:pk>/approve/", templates.approve, name="template_approve"),
    path("templates/<int:pk>/reject/", templates.reject, name="template_reject"),
    path("templates/<int:pk>/retire/", templates.retire, name="template_retire"),
    path("inquiries/<str:number>/templates/", choosing.choose, name="choose_template"),
    path("inquiries/<str:number>/templates/insert/", choosing.insert, name="insert_template"),
]
