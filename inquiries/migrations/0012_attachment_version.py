from django.db import migrations, models


class Migration(migrations.Migration):
    """A version of what may be edited about a file, so that of two edits at once the later is refused (CRM-4.5-c)."""

    dependencies = [("inquiries", "0011_indexes_of_search")]

    operations = [migrations.AddField("attachment", "version", models.PositiveIntegerField(default=1))]
