"""The process that opens one hostile file: `python -m crm_portal.files.sanitising.worker KIND ORIGINAL COPY`."""

import json
import os
import resource
import sys
from pathlib import Path

from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import Kind

from .sandbox import CANNOT_START

PROCESSOR_SECONDS = 30
MEMORY = 1_500_000_000
WRITTEN = 500_000_000


def main(kind: str, original: str, copy: str) -> int:
    """Write the verdict as JSON: the failure, or null when the copy is written."""
    verdict = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is not the verdict
    try:
        from . import content
    except ImportError:
        return CANNOT_START
    _limit()
    failure, what = None, ""
    try:
        content.clean(Kind[kind], Path(original), Path(copy))
    except Unclean as unclean:
        failure, what = unclean.failure, unclean.what
    except MemoryError:
        failure, what = Failure.CRASHED, "memory"
    except Exception as error:  # noqa: BLE001 - whatever a parser chokes on, the file is not one we can rebuild
        failure, what = Failure.UNREADABLE, type(error).__name__
    with verdict:
        json.dump({"failure": failure, "what": what[:200]}, verdict)
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
