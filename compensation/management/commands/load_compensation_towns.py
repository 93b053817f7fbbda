from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from compensation.models import ScheduleMembership
from compensation.services import towns
from crm_portal.errors import Refused
from crm_portal.sentences import sentences


class Command(BaseCommand):
    help = "Load the programme of Swords of Iron with its towns and annexes; a second run changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        try:
            with transaction.atomic():
                loaded = towns.load(overwrite=False)
        except Refused as refused:
            raise CommandError(" ".join(sentences(refused))) from None
        in_annexes = ScheduleMembership.objects.values("town").distinct().count()
        self.stdout.write(f"{loaded.created} created, {loaded.kept} kept; {in_annexes} towns in the annexes")
