"""To whom an e-mail or SMS may go from an inquiry: registered people, and none other (CRM-2.2.7-a)."""

from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Who may be written to; his address is in his registration and is never typed."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"
    CONTACT = "contact"  # who was not identified, or is abroad (CRM-2.2.1-b, CRM-7-u)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the inquiry says about who opened it."""

    has_customer: bool
    by_representative: bool = False
    is_own_name: bool = False
    has_snapshot: bool = False  # a representation was found at opening (CRM-2.2.1-e)
    unverified_here: bool = False  # moved to a tax system in which it was not checked (CRM-6.4-d)
    concerns_client: bool | None = None  # what he declared in his own name
    is_real_estate: bool = False
    is_marked: bool = False  # a handler's mark that it concerns another entity (CRM-6.6-b)
    check_passed: bool = False  # CRM-6.6-i
    is_identified_abroad: bool = False


def parties(standing: Standing) -> tuple[Party, ...]:
    """Who may be written to, the inquirer first."""
    if not standing.by_representative:
        if not standing.has_customer:
            return (Party.CONTACT,)
        return (Party.CUSTOMER, Party.CONTACT) if standing.is_identified_abroad else (Party.CUSTOMER,)
    if standing.is_own_name:
        himself = concerns_himself(standing)
        if himself:
            return (Party.REPRESENTATIVE, Party.CUSTOMER)  # his own customer file
        return (Party.REPRESENTATIVE,) if standing.check_passed and standing.is_real_estate else ()
    valid = standing.has_snapshot and not standing.unverified_here
    return (Party.REPRESENTATIVE, Party.CUSTOMER) if valid else (Party.CUSTOMER,)


def concerns_himself(standing: Standing) -> bool:
    """Whether an own-name inquiry is about the representative; elsewhere than in real estate it must be (6.6-b)."""
    if standing.is_marked:
        return False
    if standing.concerns_client is None:
        return not standing.is_real_estate
    return not standing.concerns_client
