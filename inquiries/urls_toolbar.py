"""Routes of what the buttons of one inquiry's toolbar open, of the help on statuses, and of the audit."""

from django.urls import path

from .views import audit, converting, helping, information, presence, recordings, sheets

patterns = [
    path("audit/", audit.audit, name="audit"),
    path("help/statuses/", helping.statuses, name="status_help"),
    path("inquiries/<str:number>/print/", sheets.printed, name="print"),
    path("inquiries/<str:number>/report/", sheets.report, name="report"),
    path("inquiries/<str:number>/presence/", presence.presence, name="presence"),
    path("inquiries/<str:number>/convert/", converting.convert, name="convert"),
    path("inquiries/<str:number>/recordings/", recordings.recordings, name="recordings"),
    path("inquiries/<str:number>/recordings/<str:recording_id>/", recordings.sound, name="sound"),
    path("inquiries/<str:number>/information/", information.information, name="information"),
    path("inquiries/<str:number>/information/identify/", information.identify, name="identify"),
]
