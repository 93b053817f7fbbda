"""REST routes of compensation."""

from django.urls import path

from . import (
    advance_views,
    appeal_views,
    check_views,
    claim_actions,
    computation_views,
    declaration_views,
    draft_views,
    due_views,
    employee_views,
    extension_views,
    objection_views,
    payment_views,
    question_views,
)
from .views import Assessments, Eligibility, ResolveTown, Towns

_CLAIM = "compensation/claims/<str:number>/"
_EMPLOYEE = f"{_CLAIM}employees/<int:pk>/"
_DECLARATION = "compensation/declarations/<str:token>/"
_PROPOSAL = "compensation/advance-proposals/<int:pk>/"
_CHECK = "compensation/eligibility-checks/<int:pk>/"
_EXTENSION = "compensation/extensions/<int:pk>/"
_APPEAL = "compensation/appeals/<int:pk>/"
_OBJECTION = "compensation/objections/<int:pk>/"
_OVERPAYMENT = "compensation/overpayments/<int:pk>/"

app_name = "compensation_api"
urlpatterns = [
    path("compensation/assessments/", Assessments.as_view(), name="assessments"),
    path("compensation/eligibility/", Eligibility.as_view(), name="eligibility"),
    path("compensation/towns/", Towns.as_view(), name="towns"),
    path("compensation/towns/resolve/", ResolveTown.as_view(), name="resolve_town"),
    path("compensation/claims/", draft_views.ClaimsAndDrafts.as_view(), name="claims"),
    path(_CLAIM, draft_views.OneClaimOrDraft.as_view(), name="claim"),
    path(f"{_CLAIM}choose-track/", draft_views.ChooseTrack.as_view(), name="choose_track"),
    path(f"{_CLAIM}documents/", draft_views.Documents.as_view(), name="documents"),
    path(f"{_CLAIM}compute/", draft_views.Compute.as_view(), name="compute"),
    path(f"{_CLAIM}submit/", claim_actions.Submit.as_view(), name="submit"),
    path(f"{_CLAIM}withdraw/", claim_actions.Withdraw.as_view(), name="withdraw"),
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
    path(f"{_CLAIM}extend/", claim_actions.Extend.as_view(), name="extend"),
    path(f"{_CLAIM}correct/", claim_actions.Correct.as_view(), name="correct"),
    path(f"{_CLAIM}computations/", computation_views.Computations.as_view(), name="computations"),
    path(f"{_CLAIM}computations/<int:version>/", computation_views.OneComputation.as_view(), name="computation"),
    path(f"{_CLAIM}adjustments/", computation_views.Adjustments.as_view(), name="adjustments"),
    path(
        f"{_CLAIM}adjustments/<int:pk>/remove/", computation_views.RemoveAdjustment.as_view(), name="remove_adjustment"
    ),
    path(f"{_CLAIM}manager-rate/", computation_views.SetManagerRate.as_view(), name="manager_rate"),
    path(f"{_CLAIM}employees/", employee_views.Employees.as_view(), name="employees"),
    path(f"{_CLAIM}employees/import/", employee_views.ImportEmployees.as_view(), name="import_employees"),
    path(_EMPLOYEE, employee_views.OneEmployee.as_view(), name="employee"),
    path(f"{_EMPLOYEE}days/", employee_views.AddDays.as_view(), name="add_days"),
    path(f"{_EMPLOYEE}days/<int:day>/", employee_views.OneDay.as_view(), name="day"),
    path(f"{_EMPLOYEE}correct/", employee_views.CorrectDays.as_view(), name="correct_days"),
    path(f"{_EMPLOYEE}remove/", employee_views.RemoveEmployee.as_view(), name="remove_employee"),
    path(f"{_EMPLOYEE}resend-sms/", employee_views.ResendSms.as_view(), name="resend_sms"),
    path(_DECLARATION, declaration_views.Declaration.as_view(), name="declaration"),
    path(f"{_DECLARATION}confirm/", declaration_views.Confirm.as_view(), name="confirm_declaration"),
    path(f"{_DECLARATION}dispute/", declaration_views.Dispute.as_view(), name="dispute_declaration"),
    path("compensation/advances/", advance_views.Advances.as_view(), name="advances"),
    path("compensation/advances/<int:pk>/propose/", advance_views.ProposeAdvance.as_view(), name="propose_advance"),
    path("compensation/advances/<int:pk>/approve/", advance_views.ApproveAdvance.as_view(), name="approve_advance"),
    path("compensation/advances/<int:pk>/refuse/", advance_views.RefuseAdvance.as_view(), name="refuse_advance"),
    path("compensation/advance-proposals/", advance_views.AdvanceProposals.as_view(), name="advance_proposals"),
    path(f"{_PROPOSAL}confirm/", advance_views.ConfirmProposal.as_view(), name="confirm_proposal"),
    path(f"{_PROPOSAL}refuse/", advance_views.RefuseProposal.as_view(), name="refuse_proposal"),
    path("compensation/payments/", payment_views.Payments.as_view(), name="payments"),
    path("compensation/payments/<int:pk>/", payment_views.OnePayment.as_view(), name="payment"),
    path("compensation/payments/<int:pk>/pay/", payment_views.Pay.as_view(), name="pay"),
    path("compensation/payments/<int:pk>/cancel/", payment_views.Cancel.as_view(), name="cancel_payment"),
    path("compensation/overpayments/", payment_views.Overpayments.as_view(), name="overpayments"),
    path(_OVERPAYMENT, payment_views.OneOverpayment.as_view(), name="overpayment"),
    path(f"{_OVERPAYMENT}record-return/", payment_views.RecordReturn.as_view(), name="record_return"),
    path(f"{_OVERPAYMENT}record-service/", payment_views.RecordService.as_view(), name="record_service"),
    path("compensation/tax-debts/", due_views.TaxDebts.as_view(), name="tax_debts"),
    path("compensation/tax-debts/<int:pk>/close/", due_views.CloseDebt.as_view(), name="close_debt"),
    path("compensation/tax-debts/<int:pk>/waive/", due_views.WaiveDebt.as_view(), name="waive_debt"),
    path("compensation/liens/", due_views.Liens.as_view(), name="liens"),
    path("compensation/liens/<int:pk>/release/", due_views.ReleaseLien.as_view(), name="release_lien"),
    path("compensation/withholding-certificates/", due_views.Certificates.as_view(), name="certificates"),
    path("compensation/objections/", objection_views.Objections.as_view(), name="objections"),
    path(_OBJECTION, objection_views.OneObjection.as_view(), name="objection"),
    path(f"{_OBJECTION}take/", objection_views.TakeObjection.as_view(), name="take_objection"),
    path(f"{_OBJECTION}request-details/", objection_views.AskObjector.as_view(), name="ask_objector"),
    path(f"{_OBJECTION}answer-details/", objection_views.AnswerOfficer.as_view(), name="answer_officer"),
    path(f"{_OBJECTION}accept-details/", objection_views.AcceptAnswer.as_view(), name="accept_objectors_answer"),
    path(f"{_OBJECTION}confirm-complete/", objection_views.ConfirmComplete.as_view(), name="confirm_complete"),
    path(f"{_OBJECTION}extend/", objection_views.ExtendObjection.as_view(), name="extend_objection"),
    path(f"{_OBJECTION}decide/", objection_views.DecideObjection.as_view(), name="decide_objection"),
    path("compensation/appeals/", appeal_views.Appeals.as_view(), name="appeals"),
    path("compensation/appeals/record/", appeal_views.RecordAppeal.as_view(), name="record_appeal"),
    path(_APPEAL, appeal_views.OneAppeal.as_view(), name="appeal"),
    path(f"{_APPEAL}hear/", appeal_views.RecordHearing.as_view(), name="record_hearing"),
    path(f"{_APPEAL}decide/", appeal_views.DecideAppeal.as_view(), name="decide_appeal"),
    path(f"{_APPEAL}appeal-to-court/", appeal_views.AppealToCourt.as_view(), name="appeal_to_court"),
    path(f"{_APPEAL}decide-in-court/", appeal_views.DecideInCourt.as_view(), name="decide_in_court"),
    path("compensation/eligibility-checks/", check_views.EligibilityChecks.as_view(), name="eligibility_checks"),
    path(f"{_CHECK}grant/", check_views.GrantCheck.as_view(), name="grant_check"),
    path(f"{_CHECK}refuse/", check_views.RefuseCheck.as_view(), name="refuse_check"),
    path("compensation/inquiries/", question_views.Inquiries.as_view(), name="inquiries"),
    path("compensation/extensions/", extension_views.Extensions.as_view(), name="extensions"),
    path(f"{_EXTENSION}grant/", extension_views.GrantExtension.as_view(), name="grant_extension"),
    path(
        "compensation/extensions/<int:pk>/refuse/", extension_views.RefuseExtension.as_view(), name="refuse_extension"
    ),
]
