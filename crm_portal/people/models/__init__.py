from .customers import Customer, TaxFile
from .demonstration import DemonstrationAccount
from .one_time_codes import OneTimeCode
from .representatives import PowerOfAttorney, Representative, RepresentativeEmployee
from .users import Absence, RoleGrant, User

__all__ = [
    "Absence",
    "Customer",
    "DemonstrationAccount",
    "OneTimeCode",
    "PowerOfAttorney",
    "Representative",
    "RepresentativeEmployee",
    "RoleGrant",
    "TaxFile",
    "User",
]
