from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from routing import labels
from routing.selectors.completeness import check


class Command(BaseCommand):
    help = "Check that every triplet has a team in each unit its inquiries can reach; exit 1 when something is missing."

    def handle(self, **options: object) -> None:
        result = check(timezone.localdate())
        for gap in result.gaps:
            self.stdout.write(labels.gap_sentence(gap))
        if count := len(result.gaps):
            message = ngettext("One gap in the routing tables.", "%(count)d gaps in the routing tables.", count)
            raise CommandError(message % {"count": count})
        self.stdout.write(_("The routing tables are complete: %d triplets were checked.") % result.triplets)
