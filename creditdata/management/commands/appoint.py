"""Give the first roles of the credit-data service, before two persons are there to give the others."""

from argparse import ArgumentParser
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from creditdata.models import Licensee, StaffPerson
from creditdata.rules.members import OF_LICENSEE, OF_REGISTRAR
from creditdata.services import members
from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from crm_portal.sentences import sentences


class Command(BaseCommand):
    help = "Say who is behind an employee's account and give it a first role; later ones two persons give."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[*OF_REGISTRAR, *OF_LICENSEE])
        parser.add_argument("--licensee", default="", help="the licensee's name, for a role at a licensee")

    def handle(self, *, username: str, role: str, licensee: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        place = Licensee.objects.filter(name=licensee).first()
        if user is None or (place is None) is (role in OF_LICENSEE):
            raise CommandError("There is no such account, or the role does not go with this --licensee.")
        now = timezone.now()
        try:
            if not StaffPerson.objects.filter(user=user).exists():
                members.identify(user_id=user.pk, number=getpass("Identity number: "), by=None, at=now)
            members.begin(user_id=user.pk, role=Role(role), licensee_id=place.pk if place else None, at=now)
        except Refused as refused:
            raise CommandError(" ".join(sentences(refused))) from refused
        self.stdout.write(f"{username}: {role} {licensee}".strip())
