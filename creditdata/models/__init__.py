from .directives import UpdateDirective
from .licensees import Licence, Licensee, Membership
from .sources import SourceAgreement, SourceOrganisation
from .subjects import DataSubject

__all__ = [
    "DataSubject",
    "Licence",
    "Licensee",
    "Membership",
    "SourceAgreement",
    "SourceOrganisation",
    "UpdateDirective",
]
