"""Smart cards of representatives and their employees (CRM-2.2.1-d)."""

from datetime import datetime

from django.utils import timezone

from crm_portal import registers
from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.registers.adapters.smart_cards import CardHolder

from ..models import Representative, RepresentativeEmployee, User
from ..rules.roles import UserKind


@command("card.enter")
def account_of(*, card_number: str, by: User | None, at: datetime) -> User:
    """
    Ask the certification authority whose card it is, and give the account; a card seen first gets one.

    :raises Refused: CARD_REFUSED when the card is unknown, expired or revoked, or the representative or the account
        is not, or no longer, known here; REGISTER_UNAVAILABLE when the authority cannot be asked
    """
    holder = registers.smart_cards(by=by, at=at).holder(card_number, on=timezone.localdate(at))
    representative = Representative.objects.filter(id_number=holder.representative_id).select_for_update().first()
    if representative is None:
        raise refuse(Code.CARD_REFUSED, "card_number", clause="2.2.1")
    card = (
        RepresentativeEmployee.objects.select_related("user", "representative")
        .filter(card_number=card_number, representative=representative)
        .first()
    ) or _new_card(holder, representative, at)
    if not card.user.is_active:
        raise refuse(Code.CARD_REFUSED, "card_number", clause="2.2.1")
    return card.user


def _new_card(holder: CardHolder, representative: Representative, at: datetime) -> RepresentativeEmployee:
    user = User(
        username=f"card:{holder.card_number}",
        kind=UserKind.REPRESENTATIVE.value,
        last_name=holder.last_name,
        first_name=holder.first_name,
    )
    user.set_unusable_password()
    user.save()
    card = RepresentativeEmployee.objects.create(
        representative=representative,
        user=user,
        card_number=holder.card_number,
        is_the_representative=holder.is_the_representative,
    )
    record("card.first_entry", by=user, at=at, target=card, after={"representative": representative.id_number})
    return card
