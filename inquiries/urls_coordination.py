"""Routes of coordination, consultation, quality and support; they stand before those of one inquiry."""

from django.urls import path

from .views import absences, consulting, following_up, reviewing, suggesting, trustees

patterns = [
    path("inquiries/follow-up/", following_up.today, name="follow_up"),
    path("inquiries/follow-up/confirm/", following_up.confirm, name="confirm_follow_up"),
    path("inquiries/follow-up/<str:day>/", following_up.day, name="follow_up_day"),
    path("inquiries/absences/", absences.listed, name="absences"),
    path("inquiries/absences/<int:pk>/", absences.change, name="absence"),
    path("inquiries/absences/<int:pk>/end/", absences.end, name="end_absence"),
    path("inquiries/quality/", reviewing.sampled, name="quality"),
    path("inquiries/quality/<str:number>/", reviewing.inquiry, name="quality_inquiry"),
    path("inquiries/quality/<str:number>/<int:message>/", reviewing.grade, name="grade"),
    path("inquiries/suggestions/", suggesting.suggestions, name="suggestions"),
    path("inquiries/suggestions/new/", suggesting.new, name="new_suggestion"),
    path("inquiries/suggestions/<int:pk>/", suggesting.suggestion, name="suggestion"),
    path("inquiries/trustees/", trustees.trustees, name="trustees"),
    path("inquiries/consultations/", consulting.consultations, name="consultations"),
    path("inquiries/consultations/<int:pk>/answer/", consulting.answer, name="answer_consultation"),
    path("inquiries/consultations/<int:pk>/withdraw/", consulting.withdraw, name="withdraw_consultation"),
    path("inquiries/<str:number>/consult/", consulting.ask, name="consult"),
]
