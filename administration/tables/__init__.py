"""The reference tables that the CRM department keeps in its screens, by key; a new one is a row here (CRM-9-b)."""

from . import codes, presets, topics, units
from .base import Column, Ending, Filter, Look, Related, Screen, Table

TABLES: dict[str, Table] = {
    table.key: table for table in (*topics.TABLES, *units.TABLES, *presets.TABLES, *codes.TABLES)
}

__all__ = ["TABLES", "Column", "Ending", "Filter", "Look", "Related", "Screen", "Table"]
