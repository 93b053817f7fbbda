"""The law of compensation for indirect war damage: pure functions on frozen dataclasses, clause by clause."""
