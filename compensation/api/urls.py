"""REST routes of compensation."""

from django.urls import path

from . import claim_actions, claim_views, computation_views
from .views import Assessments, Eligibility, ResolveTown, Towns

_CLAIM = "compensation/claims/<str:number>/"

app_name = "compensation_api"
urlpatterns = [
    path("compensation/assessments/", Assessments.as_view(), name="assessments"),
    path("compensation/eligibility/", Eligibility.as_view(), name="eligibility"),
    path("compensation/towns/", Towns.as_view(), name="towns"),
    path("compensation/towns/resolve/", ResolveTown.as_view(), name="resolve_town"),
    path("compensation/claims/", claim_views.Claims.as_view(), name="claims"),
    path(_CLAIM, claim_views.OneClaim.as_view(), name="claim"),
    path(f"{_CLAIM}take/", claim_actions.Take.as_view(), name="take"),
    path(f"{_CLAIM}find-causation/", claim_actions.FindCausation.as_view(), name="find_causation"),
    path(f"{_CLAIM}findings/<int:pk>/settle/", claim_actions.SettleFinding.as_view(), name="settle_finding"),
    path(f"{_CLAIM}request-details/", claim_actions.RequestDetails.as_view(), name="request_details"),
    path(f"{_CLAIM}answer-details/", claim_actions.AnswerDetails.as_view(), name="answer_details"),
    path(f"{_CLAIM}accept-details/", claim_actions.AcceptDetails.as_view(), name="accept_details"),
    path(f"{_CLAIM}send-for-approval/", claim_actions.SendForApproval.as_view(), name="send_for_approval"),
    path(f"{_CLAIM}approve/", claim_actions.Approve.as_view(), name="approve"),
    path(f"{_CLAIM}reject/", claim_actions.Reject.as_view(), name="reject"),
    path(f"{_CLAIM}return/", claim_actions.Return.as_view(), name="return"),
    path(f"{_CLAIM}computations/", computation_views.Computations.as_view(), name="computations"),
    path(f"{_CLAIM}computations/<int:version>/", computation_views.OneComputation.as_view(), name="computation"),
    path(f"{_CLAIM}adjustments/", computation_views.Adjustments.as_view(), name="adjustments"),
    path(
        f"{_CLAIM}adjustments/<int:pk>/remove/", computation_views.RemoveAdjustment.as_view(), name="remove_adjustment"
    ),
    path(f"{_CLAIM}manager-rate/", computation_views.SetManagerRate.as_view(), name="manager_rate"),
]
