"""The machines of compensation as Mermaid diagrams and tables, made of the transitions themselves."""

from typing import Any

from crm_portal.machines import section

from .machines import Machine
from .money_states import ADVANCE, PAYMENT, REQUEST
from .review_states import APPEAL, OBJECTION
from .states import CLAIM

MACHINES: tuple[Machine[Any, Any], ...] = (CLAIM, OBJECTION, APPEAL, PAYMENT, ADVANCE, REQUEST)
HEAD = """# States of a claim and of what belongs to it

Made by `manage.py state_diagram` from the tables in `compensation/rules/`; a test compares the two. The clauses are
those of the compensation specification.
"""


def page() -> str:
    """The section of compensation in `docs/states.md`."""
    return section(HEAD, *MACHINES)
