"""The words in which people read the status machine: who moves, what must be filled, what holds back, what follows."""

from django.utils.translation import gettext_lazy as _

from .rules.fields import Field
from .rules.guards import Guard
from .rules.states import Actor, Effect

ACTORS = {
    Actor.CREATOR: _("Who opens it by hand"),
    Actor.OWNER: _("The employee who holds it"),
    Actor.ASSIGNER: _("Who assigns or releases"),
    Actor.CUSTOMER: _("The customer"),
    Actor.REPRESENTATIVE: _("The representative"),
    Actor.INQUIRER: _("The inquirer, by writing"),
    Actor.SYSTEM: _("The system"),
}
FIELDS = {
    Field.PROPOSED_SOLUTION: _("Proposed solution"),
    Field.REPLY: _("Reply to customer"),
    Field.CLOSING_REASON: _("Closing reason"),
    Field.TEAM: _("Handling team"),
}
GUARDS = {
    Guard.MANUAL_OPENING_PERMITTED: _("the employee opens inquiries at an information centre"),
    Guard.IDENTIFIED: _("the inquirer is identified, where the subject asks for it"),
    Guard.REPRESENTED: _("the representative has a power of attorney"),
    Guard.UNDER_THE_TRIPLET_LIMIT: _("fewer open inquiries on the triplet than the limit"),
    Guard.ASSIGNEE_ALLOWED: _("the employee may handle the triplet"),
    Guard.TEAM_ALLOWED: _("the team may handle the triplet"),
    Guard.RETURN_CONFIRMED: _("a return to a team that had it is confirmed"),
    Guard.VERDICT_GIVEN: _("the triplet was validated"),
    Guard.TRIPLET_CORRECTED: _("a wrong triplet was corrected"),
    Guard.NO_PENDING_FILE: _("no file of the customer is still being checked"),
    Guard.NOTHING_UNREAD: _("nothing new of the customer is unread"),
    Guard.REAL_ESTATE_FIELDS: _("in real estate: assessment number, tax type and area are filled"),
    Guard.REPRESENTATION_SEEN: _("an unverified representation is confirmed"),
    Guard.REPRESENTATION_CHECKED: _("in real estate: the representation was checked"),
    Guard.NOT_ABOUT_ANOTHER: _("it does not concern another entity"),
    Guard.NO_OPEN_CONSULTATION: _("no consultation is open"),
    Guard.NO_FORBIDDEN_PHRASE: _("the reply has no forbidden phrase"),
    Guard.HAS_SUBSTANCE: _("a short reply is confirmed"),
    Guard.ANSWERED_BEFORE: _("an employee answered before"),
    Guard.WINDOW_OPEN: _("not too long after the closing"),
    Guard.FILES_CLEAN: _("its files passed the check"),
    Guard.NOT_HELD: _("no employee holds it"),
    Guard.NOT_IN_A_REAL_ESTATE_OFFICE: _("it is not at a real-estate office"),
    Guard.FILE_FAILED: _("a file of the customer did not pass the check"),
    Guard.WAITED_LONG_ENOUGH: _("it waited for the customer as long as is waited"),
}
EFFECTS = {
    Effect.IS_NUMBERED: _("gets a number, and the clock starts"),
    Effect.TO_EMPLOYEE: _("an employee holds it"),
    Effect.TO_TEAM: _("it stands in the team's queue"),
    Effect.STARTS_WAITING: _("the clock stops while the customer is waited for"),
    Effect.CLOSES: _("it is closed"),
    Effect.REOPENS: _("it is active again"),
    Effect.TELLS: _("the inquirer is told"),
}
