#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL and REDIS_URL they use the servers of `script/server`, or start them."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_portal.settings")
    if find_spec("django") is None:
        in_the_environment_of_the_checkout()
    from django.core.management import execute_from_command_line

    from crm_portal.embedded.homes import CannotStart
    from crm_portal.embedded.servers import servers_of_the_portal
    from crm_portal.embedded.supervisor import Stopped

    try:
        with servers_of_the_portal() as environment:
            os.environ.update(environment)
            execute_from_command_line(sys.argv)
    except CannotStart as reason:
        sys.exit(str(reason))
    except Stopped:
        sys.exit(130)


def in_the_environment_of_the_checkout() -> None:
    """Start again with the Python that script/setup made."""
    python = HERE / ".venv" / "bin" / "python"
    if not python.exists() or Path(sys.prefix) == HERE / ".venv":
        sys.exit("Django is not installed: run script/setup first.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same program again


if __name__ == "__main__":
    main()
