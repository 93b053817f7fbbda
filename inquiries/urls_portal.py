"""Routes of the personal area and of the representatives' network."""

from django.urls import path

from .views import portal

app_name = "personal"
urlpatterns = [
    path("my/inquiries/", portal.my_inquiries, name="inquiries"),
    path("my/inquiries/new/", portal.new, name="new"),
    path("my/inquiries/new/topics/", portal.topics, name="topics"),
    path("my/inquiries/<str:number>/", portal.inquiry, name="inquiry"),
    path("my/inquiries/<str:number>/messages/", portal.write, name="write"),
    path("my/inquiries/<str:number>/cancel/", portal.cancel, name="cancel"),
    path("my/inquiries/<str:number>/files/<int:attachment_id>/", portal.file, name="file"),
]
