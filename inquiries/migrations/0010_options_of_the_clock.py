from django.db import migrations, models


class Migration(migrations.Migration):
    """By which weekend, hours and share that is near the figures were counted."""

    dependencies = [
        ('inquiries', '0009_history_of_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='figuresstate',
            name='counted_by',
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
