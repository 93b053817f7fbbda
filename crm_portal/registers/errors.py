"""How a register fails: not to be reached, or a card it does not accept."""

from crm_portal.errors import Code, Refusal, Refused


class RegisterUnavailable(Refused):
    """The register could not be asked; nothing may be concluded from that, least of all an empty answer."""

    def __init__(self, register: str) -> None:
        super().__init__(Refusal(Code.REGISTER_UNAVAILABLE, details={"register": register}))
        self.register = register


class CardRefused(Refused):
    """The card is unknown, expired or revoked; the inquirer is not told which (CRM-2.2.1-d)."""

    def __init__(self, cause: str) -> None:
        super().__init__(Refusal(Code.CARD_REFUSED, fields=("card_number",), clause="2.2.1"))
        self.cause = cause  # for the audit
