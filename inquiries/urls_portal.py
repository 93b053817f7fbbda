"""Routes of the personal area and of the representatives' network."""

from django.urls import path

from .views import asking, offering, portal, powers, suggesting

app_name = "personal"
urlpatterns = [
    path("my/powers/", powers.mine, name="powers"),
    path("my/powers/<int:pk>/<slug:step>/", powers.decide, name="decide_power"),
    path("my/poa-requests/", powers.of_office, name="poa_requests"),
    path("my/poa-requests/<int:pk>/withdraw/", powers.withdraw, name="withdraw_poa_request"),
    path("ask/", asking.ask, name="ask"),
    path("ask/topics/", asking.topics, name="ask_topics"),
    path("ask/sent/", asking.sent, name="asked"),
    path("my/suggestions/", suggesting.of_office, name="suggestions"),
    path("my/inquiries/", portal.my_inquiries, name="inquiries"),
    path("my/inquiries/new/", portal.new, name="new"),
    path("my/inquiries/new/suggestions/", offering.suggest, name="offered"),
    path("my/inquiries/new/topics/", portal.topics, name="topics"),
    path("my/inquiries/new/relation/", portal.relation, name="relation"),
    path("my/inquiries/<str:number>/", portal.inquiry, name="inquiry"),
    path("my/inquiries/<str:number>/messages/", portal.write, name="write"),
    path("my/inquiries/<str:number>/cancel/", portal.cancel, name="cancel"),
    path("my/inquiries/<str:number>/files/<int:attachment_id>/", portal.file, name="file"),
]
