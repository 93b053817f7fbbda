"""
Run a command with the embedded servers.

    python -m crm_portal.embedded COMMAND...          with the portal's own database and broker
    python -m crm_portal.embedded --test COMMAND...   with ones for tests
"""

import sys

from .homes import CannotStart
from .servers import CHECKOUT, servers_of_tests, servers_of_the_portal
from .supervisor import Stopped, Supervisor


def main(arguments: list[str]) -> int:
    for_tests = arguments[:1] == ["--test"]
    command = arguments[1:] if for_tests else arguments
    if not command:
        sys.exit(__doc__)
    try:
        with servers_of_tests() if for_tests else servers_of_the_portal() as environment, Supervisor() as supervisor:
            return supervisor.run(command, environment=environment, folder=CHECKOUT)
    except CannotStart as reason:
        print(reason, file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    except Stopped:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
