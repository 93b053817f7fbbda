"""Golden cases: what the law's own examples say the answer is."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def golden(name: str) -> Any:
    """The cases of one file of this folder."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
