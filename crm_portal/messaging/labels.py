"""The words people read for the codes of `messaging.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.kinds import Kind
from .rules.states import DeliveryState, MessageChannel

MESSAGE_CHANNEL = [
    (MessageChannel.EMAIL.value, _("E-mail")),
    (MessageChannel.SMS.value, _("SMS")),
]
DELIVERY_STATE = [
    (DeliveryState.QUEUED.value, _("Waiting to be sent")),
    (DeliveryState.SENT.value, _("Sent")),
    (DeliveryState.FAILED.value, _("Failed")),
]
KIND = [
    (Kind.SIGN_IN_CODE.value, _("Sign-in code")),
    (Kind.REGISTRATION_CODE.value, _("Registration code")),
    (Kind.CONTACT_CHANGE_CODE.value, _("Code for changing contact details")),
    (Kind.INQUIRY_RECEIVED.value, _("Inquiry received")),
    (Kind.INQUIRY_WAITING_CUSTOMER.value, _("Waiting for the customer")),
    (Kind.INQUIRY_CLOSED_SUCCESS.value, _("Closed: handled")),
    (Kind.INQUIRY_CLOSED_NO_TREATMENT.value, _("Closed: without treatment")),
    (Kind.INQUIRY_CLOSED_BY_CUSTOMER.value, _("Closed: cancelled by the customer")),
    (Kind.INQUIRY_CLOSED_BY_REPRESENTATIVE.value, _("Closed: cancelled by the representative")),
    (Kind.INQUIRY_CLOSED_BY_SYSTEM.value, _("Closed: not answered")),
    (Kind.INQUIRY_FAILED_SANITISATION.value, _("Closed: a file was refused")),
    (Kind.INQUIRY_STATUS.value, _("Status changed")),
    (Kind.EMPLOYEE_MESSAGE.value, _("Message from an employee")),
    (Kind.POA_REQUEST_SUBMITTED.value, _("Power-of-attorney request to a customer")),
    (Kind.POA_REQUEST_DECIDED.value, _("Power-of-attorney request decided")),
    (Kind.DAILY_FOLLOW_UP.value, _("Daily follow-up")),
    (Kind.ACTIVITY_EMAIL.value, _("E-mail of an employee")),
    (Kind.ACTIVITY_SMS.value, _("SMS of an employee")),
    (Kind.CLAIM_NOTICE.value, _("Notice about a claim")),
    (Kind.REQUEST_NOTICE.value, _("Notice about a request to the compensation fund")),
    (Kind.CLAIM_ALERT.value, _("Alert about a claim")),
    (Kind.EMPLOYEE_DECLARATION.value, _("Declaration of an employee")),
    (Kind.GENERAL_ANSWER.value, _("Answer to a general question")),
]
