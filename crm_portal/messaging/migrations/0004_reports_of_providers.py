from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_recipient_of_a_message")]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="bounced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Came back at"),
        ),
        migrations.AddField(
            model_name="notification",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Delivered at"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "sent"))
                | models.Q(("bounced_at__isnull", True), ("delivered_at__isnull", True)),
                name="notification_is_reported_only_when_sent",
            ),
        ),
    ]
