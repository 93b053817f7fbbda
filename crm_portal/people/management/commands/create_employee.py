"""Open the first accounts of an installation; later ones are opened in the screens of administration."""

from argparse import ArgumentParser
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm_portal.errors import Refused
from crm_portal.sentences import sentences

from ...rules.access import GIVEN_BY_TWO
from ...rules.roles import Role, Scope
from ...services import accounts


class Command(BaseCommand):
    help = "Open an employee's account with roles. The second factor is set up at the first sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        given = [role.value for role in Role if role not in GIVEN_BY_TWO]
        parser.add_argument("--role", action="append", choices=given, default=[])
        parser.add_argument("--scope", choices=[scope.value for scope in Scope], default=Scope.UNIT.value)
        parser.add_argument("--level", type=int, choices=range(4), default=0)

    def handle(self, *, username: str, role: list[str], scope: str, level: int, **options: str) -> None:
        password = getpass("Password: ")
        try:
            validate_password(password)
            user = accounts.create_employee(
                by=None,
                at=timezone.now(),
                username=username,
                password=password,
                first_name=options["first_name"],
                last_name=options["last_name"],
                roles=[Role(name) for name in role],
                scope=Scope(scope),
                level=level,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refused:
            raise CommandError(" ".join(sentences(refused))) from refused
        self.stdout.write(f"{user.username}: {', '.join(role) or 'no role'}")
