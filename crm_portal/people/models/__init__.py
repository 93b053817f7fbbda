from .customers import Customer, TaxFile
from .representatives import PowerOfAttorney, Representative, RepresentativeEmployee
from .users import Absence, RoleGrant, User

__all__ = [
    "Absence",
    "Customer",
    "PowerOfAttorney",
    "Representative",
    "RepresentativeEmployee",
    "RoleGrant",
    "TaxFile",
    "User",
]
