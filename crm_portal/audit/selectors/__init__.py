"""Questions to the audit: its events (`events`), and whether its chain still holds (`chain`)."""

from .events import events_of, search

__all__ = ["events_of", "search"]
