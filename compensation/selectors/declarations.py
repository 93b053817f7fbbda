"""What an employee is shown who follows a link: whether it still opens, and the words that he declares."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import AbsenceDay, EmployeeRow, Invitation
from ..rules.codes import AbsenceGround, ClaimState


def invitation_of(token: str) -> Invitation | None:
    """The message whose link has this token, with the employee and the claim."""
    known = Invitation.objects.select_related("row__claim__claimant__customer", "row__claim__claimant__programme")
    return known.filter(token_hash=Invitation.token_hashed(token)).first()


def why_closed(invitation: Invitation | None) -> str:
    """Why a link does not open; empty when it does."""
    if invitation is None:
        return "unknown"
    row = invitation.row
    if row.declared_at is not None or row.disputed_at is not None:
        return "declared"
    if row.removed_at is not None or row.claim.state != ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value:
        return "over"
    latest = row.invitations.order_by("sent_at", "pk").values_list("pk", flat=True).last()
    return "" if latest == invitation.pk else "newer"


def words_of(row: EmployeeRow, days: Sequence[AbsenceDay]) -> str:
    """The words that are declared, and kept with the declaration."""
    count = ngettext("one marked day", "%(count)s marked days", len(days)) % {"count": len(days)}
    said = _("I was absent from work at %(employer)s in the marked days and hours because of the security situation.")
    text = f"{said % {'employer': row.claim.claimant.customer}} ({count})"
    if any(day.ground == AbsenceGround.CHILDCARE for day in days):
        text += " " + _("My spouse was not absent from work on these days to look after the child.")
    return text
