"""Set a letter as PDF: tagged, with typst's own fonts alone, so that it is the same bytes on every machine."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from .content import Letter

TEMPLATES = Path(__file__).parent / "typst"


def pdf(letter: Letter, *, template: str = "letter.typ") -> bytes:
    """The letter as a PDF that readers with a screen reader can use (PDF/UA-1)."""
    content = asdict(letter)
    del content["written_on"]
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(letter.written_on, time(), UTC).timestamp()),
    )
