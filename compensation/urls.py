"""The claimant's pages: the wizard, his claims, and what is open to a business."""

from django.urls import path

from .views import branch_files, eligibility, own, wizard

app_name = "compensation"
urlpatterns = [
    path("check/", eligibility.check, name="check"),
    path("check/request/", eligibility.request_check, name="check_request"),
    path("towns/", eligibility.towns, name="towns"),
    path("instruction/", eligibility.instruction, name="instruction"),
    path("claims/", own.claims, name="own_claims"),
    path("claims/new/", wizard.new, name="new"),
    path("claims/<str:number>/", own.claim, name="own_claim"),
    path("claims/<str:number>/steps/<slug:key>/", wizard.step, name="step"),
    path("claims/<str:number>/steps/<slug:key>/autosave/", wizard.autosave, name="autosave"),
    path("claims/<str:number>/branches/", branch_files.branches, name="branches"),
    path("claims/<str:number>/branches/template.xlsx", branch_files.template, name="branches_template"),
    path("claims/<str:number>/amount/", wizard.amount, name="amount"),
    path("claims/<str:number>/submit/", wizard.submit, name="submit"),
    path("claims/<str:number>/delete/", wizard.delete, name="delete"),
    path("claims/<str:number>/documents/", own.upload, name="upload"),
    path("claims/<str:number>/documents/<int:pk>/", own.document, name="document"),
    path("claims/<str:number>/documents/<int:pk>/remove/", own.remove_document, name="remove_document"),
    path("claims/<str:number>/demands/<int:pk>/", own.answer, name="answer"),
    path("claims/<str:number>/contact/", own.contact, name="contact"),
    path("claims/<str:number>/withdraw/", own.withdraw, name="withdraw"),
    path("claims/<str:number>/ask/", own.ask, name="ask"),
]
