"""The states of a batch, and why a file cannot be read."""

from enum import StrEnum


class BatchFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"  # rows sent over the API


class BatchStatus(StrEnum):
    RECEIVED = "RECEIVED"
    READING = "READING"
    DONE = "DONE"
    UNREADABLE = "UNREADABLE"  # its bytes are kept all the same (CRD-0-h)


class Unreadable(StrEnum):
    """Why no row can be read from a file."""

    EMPTY = "EMPTY"  # not even a header
    NOT_UTF8 = "NOT_UTF8"
    NO_HEADER = "NO_HEADER"  # the first line names no column, or one of them twice
    DAMAGED = "DAMAGED"  # no workbook, no CSV, or cut off
    TOO_LARGE = "TOO_LARGE"  # unpacked
