from django.db import migrations

from crm_portal.audit.migrations_support import append_only


class Migration(migrations.Migration):
    """What happened, what was computed and what was decided stays; claim numbers come from a sequence."""

    dependencies = [("compensation", "0001_initial")]

    operations = [
        append_only("compensation_claimhistory"),
        append_only("compensation_computation"),
        append_only("compensation_decision"),
        append_only("compensation_gapreasonrow"),
        append_only("compensation_timerevent"),
        migrations.RunSQL("CREATE SEQUENCE claim_number", "DROP SEQUENCE claim_number"),
    ]
