from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q

SEARCHED = {
    "contact_name": "inquiry_contact_prefix",
    "legacy_number": "inquiry_legacy_prefix",
    "legacy_id_number": "inquiry_legacy_id_prefix",
}


class Migration(migrations.Migration):
    """Every column that a search looks into is found by its beginning; built while others write."""

    atomic = False
    dependencies = [("inquiries", "0010_options_of_the_clock")]

    operations = [
        AddIndexConcurrently(
            "inquiry",
            Index(fields=[field], name=name, opclasses=["varchar_pattern_ops"], condition=~Q(**{field: ""})),
        )
        for field, name in SEARCHED.items()
    ]
