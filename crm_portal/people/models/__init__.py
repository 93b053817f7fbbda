from .customers import Customer, TaxFile
from .demonstration import DemonstrationAccount
from .one_time_codes import OneTimeCode
from .representatives import (
    PoaRequest,
    PowerOfAttorney,
    Representative,
    RepresentativeEmployee,
    Section60Representation,
)
from .users import Absence, RoleGrant, ShaamIdentification, User

__all__ = [
    "Absence",
    "Customer",
    "DemonstrationAccount",
    "OneTimeCode",
    "PoaRequest",
    "PowerOfAttorney",
    "Representative",
    "RepresentativeEmployee",
    "RoleGrant",
    "Section60Representation",
    "ShaamIdentification",
    "TaxFile",
    "User",
]
