"""Which screens stand on which tab bar; who may enter them stands in the tables of `inquiries` and `routing`."""

from types import MappingProxyType

from inquiries.rules.access import Action as InquiryAction
from routing.rules.access import Action as RoutingAction

KEEP = InquiryAction.KEEP_REFERENCE
READ = RoutingAction.READ_TABLES
READ_AND_KEEP = MappingProxyType({"GET": READ, "POST": KEEP})
