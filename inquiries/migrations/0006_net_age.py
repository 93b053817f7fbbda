from django.db import migrations, models


class Migration(migrations.Migration):
    """The net age, kept for lists and charts; the timer `refresh_sla_cache` fills it for the rows that are there."""

    dependencies = [("inquiries", "0005_template_approved_by_another")]

    operations = [
        migrations.AddField("inquiry", "counted_from", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("inquiry", "counted_days", models.PositiveSmallIntegerField(blank=True, null=True)),
    ]
