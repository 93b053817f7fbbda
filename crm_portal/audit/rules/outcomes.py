"""How something that the audit tells of ended."""

from enum import StrEnum


class Outcome(StrEnum):
    DONE = "done"
    READ = "read"
    REFUSED = "refused"
