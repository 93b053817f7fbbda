"""Questions to the outbox."""

from .pages import Filters, Page, page

__all__ = ["Filters", "Page", "page"]
