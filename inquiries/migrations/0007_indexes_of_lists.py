from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q


class Migration(migrations.Migration):
    """Lists break ties by the number that people see, so their indexes end with it; built while others write."""

    atomic = False
    dependencies = [("inquiries", "0006_net_age")]

    operations = [
        AddIndexConcurrently(
            "inquiry",
            Index(fields=["handling_team", "status", "opened_at", "number"], name="inquiry_queue_of_team"),
        ),
        AddIndexConcurrently(
            "inquiry", Index(fields=["handling_unit", "opened_at", "number"], name="inquiry_stock_of_unit")
        ),
        AddIndexConcurrently(
            "inquiry",
            Index(
                fields=["owner", "opened_at", "number"], name="inquiry_stock_of_owner", condition=Q(owner__isnull=False)
            ),
        ),
        AddIndexConcurrently("inquiry", Index(fields=["opened_at", "number"], name="inquiry_by_opening")),
        AddIndexConcurrently(
            "inquiry",
            Index(
                fields=["handling_unit", "waiting_since", "number"],
                name="inquiry_waiting_in_unit",
                condition=Q(status="waiting_customer"),
            ),
        ),
        AddIndexConcurrently(
            "inquiry", Index(fields=["handling_unit", "closed_at"], name="inquiry_closed_in_unit")
        ),
        RemoveIndexConcurrently("inquiry", "inquiry_team_queue"),
        RemoveIndexConcurrently("inquiry", "inquiry_unit_stock"),
        RemoveIndexConcurrently("inquiry", "inquiry_owner_stock"),
    ]
