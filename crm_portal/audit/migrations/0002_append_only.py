from django.db import migrations

from crm_portal.audit.migrations_support import append_only


class Migration(migrations.Migration):
    """Events and their seals can be added and read, never changed or removed (CRM-2-b)."""

    dependencies = [("audit", "0001_initial")]

    operations = [append_only("audit_auditevent"), append_only("audit_auditlink")]
