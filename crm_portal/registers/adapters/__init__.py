"""One module for each external system: its questions (a protocol), its answers, and the local version."""
