import time
from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from crm_portal.audit.models import AuditEvent
from crm_portal.audit.selectors import chain


def known_head(text: str) -> chain.Head:
    """Read a head as this command prints it: SEQUENCE:HASH."""
    sequence, _, link_hash = text.partition(":")
    if not sequence.isdigit() or not link_hash:
        raise ArgumentTypeError(f"{text!r} is not a head such as 1200:9f86d081...")
    return chain.Head(int(sequence), link_hash)


class Command(BaseCommand):
    help = "Verify that every sealed event of the audit is as it was; exit non-zero and name the rows when not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=known_head,
            metavar="SEQUENCE:HASH",
            help="a head that an earlier run printed: it must still be in the chain, or the newest rows were removed",
        )

    def handle(self, *, head: chain.Head | None, **options: object) -> None:
        started = time.monotonic()
        wrong = 0
        for finding in chain.findings():
            wrong += 1
            self.stdout.write(f"{'first: ' if wrong == 1 else ''}event {finding.event_id} {finding.fault.value}")
        if head is not None and not chain.holds(head):
            wrong += 1
            self.stdout.write(f"head {head.sequence} is not in the chain: the newest rows were removed or rewritten")

        present = chain.head()
        sealed = present.sequence if present else 0
        unsealed = AuditEvent.objects.count() - sealed if not wrong else None
        self.stdout.write(f"{sealed} sealed, verified in {time.monotonic() - started:.1f} s; head {present or '-'}")
        if unsealed:
            self.stdout.write(f"{unsealed} not sealed yet")
        if wrong:
            raise CommandError(f"The audit is not as it was sealed: {wrong} findings.")
