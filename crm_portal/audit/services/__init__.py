"""Commands of the audit: `recording` writes events."""
