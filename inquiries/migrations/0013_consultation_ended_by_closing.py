from django.db import migrations, models


class Migration(migrations.Migration):
    """Which questions nobody took back, but the closing of their inquiry ended (CRM-6.5-b)."""

    dependencies = [("inquiries", "0012_attachment_version")]

    operations = [
        migrations.AddField("consultation", "ended_by_closing", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "consultation",
            models.CheckConstraint(
                name="consultation_ended_by_closing_is_withdrawn",
                condition=models.Q(ended_by_closing=False) | models.Q(withdrawn_at__isnull=False),
            ),
        ),
    ]
