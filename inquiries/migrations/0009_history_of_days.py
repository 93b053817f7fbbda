from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """An index over the days of the history, built while others write; the rows of a day lie together."""

    atomic = False
    dependencies = [("inquiries", "0008_report_figures")]

    operations = [AddIndexConcurrently("statushistory", BrinIndex(fields=["at"], name="history_of_days"))]
