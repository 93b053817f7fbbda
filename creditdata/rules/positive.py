"""On what basis positive data may be collected on a subject (regulation 26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .codes import PositiveDataBasis

# Consent to the licensee obliges as reportable negative data does (CRD-26-e), and is the subject's own; consent to the
# Registrar only permits. The first that holds is named.
ORDER = (
    PositiveDataBasis.CONSENT_TO_LICENSEE,
    PositiveDataBasis.REPORTABLE_NEGATIVE_DATA,
    PositiveDataBasis.CONSENT_TO_REGISTRAR,
)
OBLIGING = frozenset({PositiveDataBasis.CONSENT_TO_LICENSEE, PositiveDataBasis.REPORTABLE_NEGATIVE_DATA})


def bases(
    *, consent_to_licensee: bool, consent_to_registrar: bool, reportable_negative: bool
) -> tuple[PositiveDataBasis, ...]:
    """
    Every basis that holds, the first to be named first (CRD-26-a); none: nothing may be collected.

    A consent that was given through another licensee is none of this one's, nor is negative data that no report would
    give because it lies below the thresholds of regulation 43.
    """
    holds = {
        PositiveDataBasis.CONSENT_TO_LICENSEE: consent_to_licensee,
        PositiveDataBasis.REPORTABLE_NEGATIVE_DATA: reportable_negative,
        PositiveDataBasis.CONSENT_TO_REGISTRAR: consent_to_registrar,
    }
    return tuple(basis for basis in ORDER if holds[basis])


def must_approach(found: Iterable[PositiveDataBasis]) -> bool:
    """Whether the banks are approached without anybody's decision (CRD-26-e)."""
    return not OBLIGING.isdisjoint(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a licensee stands to the positive data on one subject when a bank supplies it."""

    has_basis: bool = False
    is_withdrawn: bool = False  # a consent there was
    approached_on: date | None = None
