from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q

from crm_portal.people.models.parts import Parts

TEXTS = ("number", "assessment_number", "contact_name", "legacy_id_number", "legacy_number")
ACTIVE = ["forwarded", "in_treatment", "info_arrived", "open_team", "waiting_customer"]


class Migration(migrations.Migration):
    """What is counted is read from an index alone, and a part of a number is found; built while others write."""

    atomic = False
    dependencies = [("inquiries", "0013_consultation_ended_by_closing"), ("people", "0004_parts_of_texts")]

    operations = [
        AddIndexConcurrently(
            "inquiry",
            Index(
                fields=["opened_at", "number"],
                include=["id", "status", "triplet", "channel", "handling_unit", "closed_at"],
                name="inquiry_in_order",
            ),
        ),
        AddIndexConcurrently(
            "inquiry",
            Index(
                fields=["closed_at"],
                include=["id", "status", "handling_unit"],
                name="inquiry_by_closing",
                condition=Q(closed_at__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            "inquiry",
            Index(
                fields=["handling_unit", "status"],
                include=["id", "owner", "triplet", "opened_at", "counted_from", "counted_days", "sla_due_at"],
                name="inquiry_active_stock",
                condition=Q(status__in=ACTIVE),
            ),
        ),
        AddIndexConcurrently("inquiry", GinIndex(Parts(*TEXTS), name="inquiry_parts")),
        RemoveIndexConcurrently("inquiry", "inquiry_by_opening"),
    ]
