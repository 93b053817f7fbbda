from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

UNIQUE = "inquiry_is_imported_once"
CREATE = f"""
    CREATE UNIQUE INDEX CONCURRENTLY {UNIQUE} ON inquiries_inquiry (channel_id, legacy_number) WHERE legacy_number <> ''
"""


class Migration(migrations.Migration):
    """The indexes of step 2 on the tables that are full, built while others write."""

    atomic = False
    dependencies = [("inquiries", "0003_tables_of_step_two")]

    operations = [
        AddIndexConcurrently(
            "inquiry",
            models.Index(
                fields=["handling_unit", "opened_at", "id"],
                name="inquiry_many_messages",
                condition=models.Q(has_many_messages=True),
            ),
        ),
        AddIndexConcurrently(
            "message",
            models.Index(
                fields=["template_version"],
                name="message_of_template",
                condition=models.Q(template_version__isnull=False),
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CREATE, f"DROP INDEX CONCURRENTLY IF EXISTS {UNIQUE}")],
            state_operations=[
                migrations.AddConstraint(
                    "inquiry",
                    models.UniqueConstraint(
                        fields=["channel", "legacy_number"], name=UNIQUE, condition=~models.Q(legacy_number="")
                    ),
                ),
            ],
        ),
    ]
