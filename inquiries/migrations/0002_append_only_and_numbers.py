from django.db import migrations

from crm_portal.audit.migrations_support import append_only


class Migration(migrations.Migration):
    """The history is append-only (CRM-4.3-a), and numbers come from a sequence: two openings never share one."""

    dependencies = [("inquiries", "0001_initial")]

    operations = [
        append_only("inquiries_statushistory"),
        migrations.RunSQL("CREATE SEQUENCE inquiry_number", "DROP SEQUENCE inquiry_number"),
    ]
