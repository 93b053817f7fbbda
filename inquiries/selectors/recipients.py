"""Whom an e-mail or SMS of this inquiry reaches, by what is registered now (CRM-2.2.7-a, CRM-2.2.7-b)."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_portal.errors import Refused
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.people.models import Customer
from crm_portal.people.phones import e164
from crm_portal.people.rules.roles import ContactPreference, VerificationMethod
from routing.rules.codes import TaxSystemCode

from ..models import Inquiry
from ..rules.addressing import Party, Standing, parties
from ..rules.codes import ChannelCode, RepresentationGround
from .inquiry_pages import representation_unverified


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be written to; an empty address means that this channel does not reach him."""

    party: Party
    name: str
    addresses: Mapping[MessageChannel, str]
    prefers: MessageChannel
    takes_files: bool

    def by(self, channel: MessageChannel) -> str:
        return self.addresses[channel]


def recipients_of(inquiry: Inquiry) -> list[Recipient]:
    """Who may be written to, the inquirer first; whom neither channel reaches is there too, without an address."""
    return [_recipient(inquiry, party) for party in parties(standing_of(inquiry))]


def reached_by(inquiry: Inquiry, channel: MessageChannel) -> list[Recipient]:
    """Who may be written to by this channel."""
    return [recipient for recipient in recipients_of(inquiry) if recipient.by(channel)]


def standing_of(inquiry: Inquiry) -> Standing:
    """What decides it; a representative's own-name inquiry needs two questions to the database."""
    triplet, own_name = inquiry.triplet, inquiry.is_own_name
    check = inquiry.representation_checks.order_by("-checked_at", "-id").first() if own_name else None
    return Standing(
        has_customer=inquiry.customer_id is not None,
        by_representative=inquiry.representative_id is not None,
        is_own_name=own_name,
        has_snapshot=bool(inquiry.representation),
        unverified_here=representation_unverified(inquiry),
        concerns_client=inquiry.concerns_client,
        is_real_estate=triplet is not None and triplet.tax_system_id == TaxSystemCode.REAL_ESTATE,
        is_marked=own_name and inquiry.own_name_marks.filter(removed_at=None).exists(),
        check_passed=check is not None and check.ground != RepresentationGround.NONE.value,
        is_identified_abroad=_is_identified_abroad(inquiry),
    )


def _recipient(inquiry: Inquiry, party: Party) -> Recipient:
    identified = inquiry.verification_method != VerificationMethod.NONE.value
    if party is Party.CUSTOMER:
        customer = inquiry.customer
        assert customer is not None  # noqa: S101 - only then he is one of the parties
        return Recipient(party, str(customer), registered(customer), preferred(customer), identified)
    if party is Party.REPRESENTATIVE:
        office = inquiry.representative
        assert office is not None  # noqa: S101 - only then he is one of the parties
        return Recipient(party, office.name, _both(office.email, office.mobile), MessageChannel.EMAIL, identified)
    addresses = _both(inquiry.contact_email, _mobile(inquiry.contact_phone))
    prefers = MessageChannel.EMAIL if inquiry.contact_email else MessageChannel.SMS
    name = inquiry.contact_name or str(inquiry.customer or "")
    return Recipient(party, name, addresses, prefers, _is_identified_abroad(inquiry))


def registered(customer: Customer) -> Mapping[MessageChannel, str]:
    """The customer's verified addresses; he has none before his registration is complete (CRM-2.2.1-a)."""
    if customer.registered_at is None:
        return _both("", "")
    return _both(customer.verified_email, customer.verified_mobile)


def preferred(customer: Customer) -> MessageChannel:
    by_mobile = customer.contact_preference == ContactPreference.MOBILE.value
    return MessageChannel.SMS if by_mobile else MessageChannel.EMAIL


def _is_identified_abroad(inquiry: Inquiry) -> bool:
    """An identified contact abroad, who may be given data and documents (CRM-7-u)."""
    abroad = inquiry.channel_id == ChannelCode.ABROAD_CONTACT.value
    return abroad and inquiry.verification_method == VerificationMethod.ABROAD_MANUAL.value


def _both(email: str, mobile: str) -> Mapping[MessageChannel, str]:
    return {MessageChannel.EMAIL: email, MessageChannel.SMS: mobile}


def _mobile(phone: str) -> str:
    """The contact's number as it can be sent to; empty for a land line."""
    try:
        return e164(phone, mobile=True) if phone else ""
    except Refused:
        return ""
