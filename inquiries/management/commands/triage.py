"""Teach, examine and export the classifier that suggests topics."""

import csv
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inquiries.rules.cells import neutral
from inquiries.services import exporting_triage, triage


class Command(BaseCommand):
    help = "evaluate: top-1 and top-3 on the held-out verdicts; train: make a version; export: verdicts without names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("evaluate", "train", "export"))
        parser.add_argument("--from-the-beginning", action="store_true", help="train on all verdicts anew")

    def handle(self, *, what: str, from_the_beginning: bool, **options: object) -> None:
        if what == "export":
            rows = exporting_triage.export(by=None, at=timezone.now())
            csv.writer(self.stdout).writerows([neutral(cell) for cell in row] for row in rows)
        elif what == "train":
            model = triage.train(at=timezone.now(), from_the_beginning=from_the_beginning)
            if model is None:
                raise CommandError("There is nothing new to learn from, or too little.")
            self.stdout.write(f"version {model.pk}: {model.samples} verdicts")
        else:
            found = triage.evaluate()
            self.stdout.write(f"learned from {found.taught_on} verdicts, examined on {found.baseline.measured_on}")
            for name, one in (("classifier", found.classifier), ("commonest", found.baseline)):
                self.stdout.write(f"{name}: top-1 {_percent(one.top_1)}, top-3 {_percent(one.top_3)}")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
