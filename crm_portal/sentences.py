"""
The words for each refusal: what was refused, why, and what to do instead.

A sentence may name members of the refusal's details, e.g. ``{holder}``. Only doors ask for sentences.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .errors import Code, Refusal, Refused

SENTENCES: dict[StrEnum, Promise] = {
    Code.FIELD_REQUIRED: _("This field must be filled. Fill it and save again."),
    Code.INVALID_VALUE: _("This value is not allowed here. Choose or type another one."),
    Code.INVALID_TRANSITION: _("This status cannot be chosen now. Refresh the page to see the possible statuses."),
    Code.STALE_VERSION: _(
        "The inquiry changed since you opened it. Your text is kept: read what changed and send again."
    ),
    Code.OUT_OF_SCOPE: _("Not found, or not visible to you."),
    Code.NOT_ASSIGNED_TO_YOU: _("The inquiry is not assigned to you. Assign it to yourself first."),
    Code.VIEW_ONLY: _("You may view this inquiry but not handle it."),
    Code.ALREADY_ASSIGNED: _("The inquiry is already held by {holder}. Ask for its release first."),
    Code.NOT_TEAM_MEMBER: _("The employee is not a member of a team that may handle this inquiry."),
    Code.TEAM_NOT_ALLOWED_FOR_TRIPLET: _(
        "This team does not handle the inquiry's triplet. Choose a team from the list, or the head team."
    ),
    Code.INQUIRY_CLOSED: _("The inquiry is closed, so this cannot be done."),
    Code.REPLY_NOT_ALLOWED_PHONE: _(
        "A phone inquiry has no reply to the customer. Write the outcome in the proposed solution."
    ),
    Code.OPEN_LIMIT_REACHED: _(
        "There are already {limit} open inquiries on this subject: {numbers}. Write a message on one of them."
    ),
    Code.CORRESPONDENCE_LIMIT_REACHED: _(
        "{limit} messages are waiting for our answer. You can write again after we answer."
    ),
    Code.CORRESPONDENCE_WINDOW_CLOSED: _(
        "More than {days} days have passed since the inquiry was closed. Please open a new inquiry."
    ),
    Code.CANCEL_ASSIGNED: _("An employee is already handling the inquiry, so it cannot be cancelled."),
    Code.CANCEL_REAL_ESTATE_OFFICE: _(
        "The inquiry was passed to a real-estate office for handling, so it cannot be cancelled."
    ),
    Code.IDENTIFICATION_REQUIRED: _("This subject needs identification. Complete your registration first."),
    Code.POA_MISSING: _(
        "No valid power of attorney for this tax is recorded. Record it in the register and open again."
    ),
    Code.POA_REQUEST_NOT_APPROVED: _("The customer has not approved your power-of-attorney request yet."),
    Code.POA_NOT_IN_ASSESSMENT: _(
        "You are not registered on this assessment. You may open the inquiry in your own name."
    ),
    Code.REGISTER_UNAVAILABLE: _("The register cannot be reached now. Nothing was opened; try again later."),
    Code.OWN_NAME_ABOUT_CLIENT: _("An inquiry about a client must be opened in the client's name."),
    Code.RE_POA_CHECK_REQUIRED: _("Record the representation check before answering."),
    Code.RE_FIELDS_REQUIRED: _("Fill the assessment number, tax type and area, or mark that they do not exist."),
    Code.CROSS_SYSTEM_HEAD_TEAM_ONLY: _(
        "Only the head team may move an inquiry to another tax system. Forward it to the head team."
    ),
    Code.RE_REP_TO_INCOME_TAX: _(
        "A representative's real-estate inquiry may not be moved to income tax. Forward it to the head team."
    ),
    Code.TRIPLET_INTERNAL: _("This subject can be chosen by employees only. Choose another subject."),
    Code.ROUTING_FIELDS_FORBIDDEN: _("The handling team is chosen by the system. Remove the team and send again."),
    Code.TRIPLET_VALIDATION_REQUIRED: _(
        "Say first whether the customer's triplet is correct, and correct it if it is not."
    ),
    Code.TRIPLET_INVALID: _("These topics do not belong together, or are no longer in use. Choose them again."),
    Code.TEMPLATE_NOT_APPROVED: _("This template is not approved for use here. Choose another one."),
    Code.ADDRESS_NOT_REGISTERED: _("Messages are sent only to the customer's registered, verified address."),
    Code.CUSTOMER_NOT_VERIFIED: _("The customer is not verified, so personal data and files cannot be given."),
    Code.REAUTH_REQUIRED: _("Identify yourself again to continue."),
    Code.READ_ONLY: _("This can be viewed but not changed."),
    Code.FORBIDDEN_PHRASE: _(
        'The phrase "{phrase}" may not be sent to a customer. Correct the triplet or forward the inquiry instead.'
    ),
    Code.CONSULTATION_OPEN: _("A consultation is open. Wait for its answer or withdraw it."),
    Code.FILE_PENDING: _("The file is still being checked. Try again in a minute."),
    Code.FILE_REJECTED: _('The file "{name}" was refused: {reason}. Attach it in another form.'),
    Code.MANUAL_OPEN_NOT_ALLOWED: _("Only operators of an information centre may open an inquiry by hand."),
    Code.ORIGIN_ABROAD_BLOCKED: _("This service can be used from Israel only. From abroad, use the contact page."),
    Code.FILTER_ONLY_IN_FULL_VIEW: _("A widget can be sorted only. Open the full view to filter."),
    Code.CONFIRMATION_REQUIRED: _("Please confirm before going on."),
    Code.PERMISSION_DENIED: _("Your role does not allow this action."),
    Code.DUPLICATE: _("It already exists. Use the existing one."),
    Code.CARD_REFUSED: _("The card is unknown, expired or revoked. Ask the issuer for a valid card."),
    Code.SIGN_IN_REFUSED: _("The details do not match. Check them and try again."),
    Code.CODE_WRONG: _("The code is wrong. Check the message we sent and type it again."),
    Code.CODE_EXPIRED: _("The code has expired. Ask for a new one."),
    Code.CODE_USED: _("The code was already used. Ask for a new one."),
    Code.CODE_TOO_SOON: _("A code was sent a moment ago. Wait {seconds} seconds before asking for another one."),
    Code.TOO_MANY_ATTEMPTS: _("Too many attempts. Wait {minutes} minutes and try again."),
}

# A refusal whose details say `because` is said in words of its own.
REASONS: Mapping[str, Promise] = MappingProxyType(
    {
        "id_number": _("An identity number has up to 9 digits and nothing else. Check it and type it again."),
        "check_digit": _("The identity number is wrong: its last digit does not fit. Check it and type it again."),
        "country": _("Give the country as two Latin letters, such as FR. Israel is not a foreign country."),
        "foreign_number": _("A passport or registration number has 3 to 32 Latin letters and digits."),
        "phone": _("This is not a phone number. Type it as 05X-XXXXXXX, or with the country code."),
        "mobile": _("This is not a mobile phone number. Type it as 05X-XXXXXXX."),
        "batch_too_large": _("The file is larger than a batch may be. Split it and send the parts."),
        "totp_used": _("This code was used already. Wait for the app's next code, up to 30 seconds."),
        "totp_wrong": _("The code is wrong. Type the code that the app shows now for this account."),
        "identity": _("The details do not match the population register. Check them and type them again."),
        "customer_not_registered": _(
            "The customer has no personal area yet, so nobody could approve. Ask the customer to register, then submit."
        ),
        "poa_active_file": _(
            "The customer has an active file of another type, so a request is not enough. Record a power of attorney"
            " in the representatives register."
        ),
        "poa_request_pending": _("The customer has not approved your power-of-attorney request yet."),
        "poa_request_declined": _("The customer declined your power-of-attorney request, so nothing can be opened."),
        "poa_request_revoked": _("The power of attorney was revoked or the request withdrawn. Submit a new request."),
        "poa_request_stands": _("A request for this topic already waits for the customer, or was approved."),
        "poa_request_settled": _("The request was settled meanwhile. The page shows how it stands now."),
        "own_template": _("A template is approved by another person than the one who wrote it."),
        "template_state": _("The template's state does not allow this. Open it again to see what can be done now."),
        "template_changed": _("The template changed since you opened it. Read it again before you go on."),
        "placeholder": _("Only {{customer_name}} and {{inquiry_number}} can be filled in. Remove: {names}."),
        "forbidden_phrase": _('The phrase "{phrase}" may not be sent to a customer. {advice}'),
        "declaration_resent": _(
            "The message was sent again {times} times already. Ask the employee to look for the last one."
        ),
        "last_employee": _("This is the only employee of the claim. Withdraw the claim instead of removing him."),
        "no_day_left": _("No day of this employee would be left. Remove the employee instead, with a reason."),
        "sheet_unreadable": _(
            "This is not the filled-in template: an XLSX file of at most 5 MB, with sheets and headings as downloaded."
        ),
        "sheet_empty": _("The sheet has no employee. Fill in a row for each, and upload it again."),
        "branches_empty": _("The sheet has no branch. Fill in a row for each, and upload it again."),
        "absence_order": _("The last day comes before the first. Correct one of them."),
        "absence_over": _("The period is over already. Give days from today on."),
        "absence_long": _("The period is longer than two years. Check the year."),
        "absence_overlaps": _(
            "The employee is absent already from {from_on} until {until_on}. Change that period instead."
        ),
        "not_a_working_day": _("Today is not a working day, so there is nothing to confirm."),
        "too_long": _("This is too long. Shorten it to {most} characters."),
        "own_answer": _("It is your own answer. Another manager grades it."),
        "suggestion_moved": _(
            "Somebody has taken a step with this suggestion meanwhile. The page shows how it stands now."
        ),
        "consultation_asked": _(
            "This person is asked already. Wait for the answer, withdraw the question or ask another."
        ),
        "consultation_ended": _(
            "The consultation was answered or withdrawn meanwhile. The page shows how it stands now."
        ),
        "identifiers": _("This still tells whom it is about: {found}. Take it out and save again."),
        "shaam_wrong": _("The Shaam password is wrong. Tries left today: {left}."),
        "shaam_locked": _("Too many wrong Shaam passwords. The information is locked for you until midnight."),
        "own_name_marked": _(
            "The inquiry concerns another entity: only closing without treatment is possible, for the reason that it"
            " was not opened in the customer's name."
        ),
        "not_own_name": _("Only an inquiry that a representative opened in his own name can be marked."),
        "own_number": _("This is the inquirer's own number. Type the number of the entity that the inquiry concerns."),
        "not_marked": _("The inquiry is not marked."),
        "no_check_needed": _("A representation check belongs to real estate, to an inquiry about a client."),
        "one_number": _("One customer has one number: give the Israeli number or the one abroad, not both."),
        "no_representative": _("No representative of this number is known. Check it and type it again."),
        "section_60_vat_only": _("A section-60 representative opens inquiries in VAT only. Choose a VAT topic."),
        "section_60_not_on": _(
            "You are not registered as the section-60 representative of this business, or not confirmed yet. Ask the"
            " CRM department."
        ),
        "lawyer_not_active": _(
            "The register does not know the representative as an active lawyer, so an attached power of attorney is not"
            " enough. Check whether he is registered in the transaction."
        ),
        "no_assessment": _("Matzpen knows no assessment of this number. Check it and type it again."),
        "not_in_transaction": _("The representative is not registered in this transaction."),
        "row_changed": _(
            "Somebody changed this since you opened it. Nothing was saved: read what is new and save again."
        ),
        "taken": _("Another row has this value already. Choose another one."),
        "name_taken": _("There is another one of this name. Choose another name, or use the existing one."),
        "triplet_exists": _("This triplet exists already in the tax system. Use the existing one."),
        "case_of_internal_only": _("Only an internal triplet has a kind of internal triplet. Leave it empty."),
        "handle_below_view": _("Whoever handles must also see: the level to handle cannot be below the level to view."),
        "team_dissolved": _("The team or its unit is switched off. Choose an active team."),
        "wrong_unit": _("A unit of this kind does not serve it. Choose one from the list."),
        "not_a_first_line": _("The first line is the national unit or an information centre, never an office."),
        "dates_reversed": _("The last day is before the first. Correct one of them."),
        "dates_overlap": _("A row for the same already holds from {since}. Change that one, or end it before."),
        "past_day": _("A day that is over cannot be changed any more. Choose today or later."),
        "ended_before": _("The row has ended by that day. Choose an earlier day, or make a new row."),
        "head_team_needed": _("The head team receives whatever no rule sends elsewhere. It cannot be switched off."),
        "needed_by_the_rules": _("The rules of the instruction need this row. It can be renamed but not switched off."),
        "proposal_settled": _("The proposal is settled. Nothing more can be done with it."),
        "proposal_expired": _("The 24 hours of this proposal are over. It must be proposed anew."),
        "proposal_changed": _("This is not the text that was read. Open the proposal again and read it."),
        "given_lately": _("Who proposed it had you made an approver within the last day. Somebody else approves."),
        "proposal_waits": _("The same waits for a second person already."),
        "no_person": _("Nobody has said which person is behind the account. Record the identity number first."),
        "person_known": _("The person behind this account is known already, and is said once."),
        "export_many": _("More than {most} rows are taken out only when a second person approved it."),
        "setting_value": _("The setting cannot have this value. Write it as the present one is written."),
        "day_not_declared": _("This day was not declared, so there is nothing to withdraw."),
        "day_by_two": _("Days of this calendar are declared by two of the Registrar's people, in credit data."),
        "given_by_two": _("This role is given and taken by two persons, in the screens of credit data."),
        "not_oneself": _("Nobody changes his own roles or account. Ask a colleague of the CRM department."),
        "employees_only": _("Only an active employee can hold it. Choose an employee's account."),
        "which_tax_system": _("Say which tax system the role reaches."),
        "no_tax_system": _("Only a role that reaches a tax system names one. Leave it empty."),
        "role_granted": _("The employee holds this role with this reach already. Change that one."),
        "member_already": _("The employee is a member already."),
        "phrase_too_short": _("Give at least three letters: a shorter phrase would refuse innocent words."),
        "option_number": _("Give a whole number from {minimum} to {maximum}."),
        "option_weekdays": _("Leave at least one working day in the week."),
        "option_hours": _("Write the hours as 08:00-16:00, the later one last, or leave them empty."),
        "option_types": _("Choose at least one kind of file."),
        "no_such_day": _("This calendar has no such day. Choose a day from 1995 to 2060."),
        "link_over": _("The link was used already, or is too old. Ask the CRM department for a new one."),
        "weak_password": _("Choose a password of at least 12 characters that is neither common nor your name."),
        "time_of_call": _("A call is put on record after it took place, and not before the inquiry was opened."),
        "text_too_long": _("This text is too long: at most {longest} characters. Shorten it and send again."),
        "hidden_file": _(
            'The file "{name}" is not shown on the internet, so it cannot be sent. Show it, or send without it.'
        ),
        "another_inquirer": _("It was opened by somebody else, who cannot read that answer. Answer it by itself."),
        "too_much": _("The files come to more than {limit} MB together. Send them in several e-mails."),
        "gaps_do_not_sum": _("The reasons must explain the whole gap of ILS {gap}. Correct their amounts."),
        "findings_open": _("{count} findings must be settled first. Send the claim back to its clerk."),
        "above_the_computed": _("Not more than the rules compute can be determined. Correct the amount."),
        "causation_not_proved": _("Without a causal connection nothing is paid. Propose 0, with reasons."),
        "causation_partly": _("The causal connection is proved in part, so less than the computed amount is due."),
        "registered": _("You are registered already. Go to the sign-in page."),
    }
)


def register(said: Mapping[StrEnum, Promise]) -> None:
    """Add the words for an app's own codes."""
    SENTENCES.update(said)


class _Details(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(refusal: Refusal) -> str:
    """Say one refusal in the language of the reader."""
    shown = {name: ", ".join(map(str, v)) if isinstance(v, list | tuple) else v for name, v in refusal.details.items()}
    said = REASONS.get(str(refusal.details.get("because", "")), SENTENCES[refusal.code])
    return str(said).format_map(_Details(shown))


def sentences(refused: Refused) -> list[str]:
    """Say every reason of a refused command, in its order."""
    return [sentence(refusal) for refusal in refused.refusals]
