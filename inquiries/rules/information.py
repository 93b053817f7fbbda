"""Who may see what the registers know of an inquiry's customer: the information extension (CRM-4.7-c, CRM-6.6-c)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crm_portal.errors import Code, Refusal


class Panel(StrEnum):
    """What is shown, each from one register; the audit names those that were."""

    WORK_GRANTS = "work_grants"  # what query 003 showed (CRM-2.2.8-a)
    TAX_FILES = "tax_files"
    ADDRESS = "address"
    REPRESENTATION = "representation"
    ASSESSMENT = "assessment"  # real estate: the case that the inquiry names


@dataclass(frozen=True, slots=True)
class Verified:
    """How the inquirer of an inquiry was identified."""

    has_customer: bool  # there is a customer file at all
    method: str = "none"
    by_employee: bool = False  # an operator verified the customer on this inquiry
    is_represented: bool = False  # a representative with a representation that was valid at opening
    is_own_name: bool = False  # a representative about himself; the data are then his own (CRM-6.6-e)
    is_marked: bool = False  # a handler found that it concerns another entity

    @property
    def is_enough(self) -> bool:
        """
        Digital identification at opening, or verification on this inquiry; a card needs a valid representation.

        Somebody abroad whom an operator identified by documents counts as verified on the inquiry (CRM-7-u).
        """
        if not self.has_customer:
            return False
        by_card = self.method == "smart_card" and (self.is_represented or self.is_own_name)
        return by_card or self.by_employee or self.method in ("digital_registration", "phone", "abroad_manual")


def refusals(verified: Verified, *, is_identified: bool) -> Iterator[Refusal]:
    """Why it is not shown, in this order: a fresh password never makes up for an unverified customer."""
    if verified.is_marked:
        yield Refusal(Code.OWN_NAME_ABOUT_CLIENT, clause="CRM-6.6-c")
    elif not verified.is_enough:
        yield Refusal(Code.CUSTOMER_NOT_VERIFIED, clause="CRM-4.7-c")
    elif not is_identified:
        yield Refusal(Code.REAUTH_REQUIRED, ("password",), clause="CRM-4.7-a")


def panels_for(*, tax_system: str, is_about_grants: bool, assessment_number: str) -> tuple[Panel, ...]:
    """The panels of an inquiry, what it is about first."""
    shown = [Panel.TAX_FILES, Panel.WORK_GRANTS, Panel.ADDRESS, Panel.REPRESENTATION]
    if is_about_grants:
        shown.remove(Panel.WORK_GRANTS)
        shown.insert(0, Panel.WORK_GRANTS)
    if tax_system == "real_estate" and assessment_number:
        shown.insert(0, Panel.ASSESSMENT)
    return tuple(shown)
