"""What the fund's pages of one action use; the pages of every app share it."""

from crm_portal.ui.acting import FORM, act

__all__ = ["FORM", "act"]
