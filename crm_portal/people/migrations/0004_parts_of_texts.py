from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q

from crm_portal.people.models.parts import Parts

# Every run of three characters of each text, once. `coalesce`: an empty array is found by nothing and breaks nothing.
CREATE = """
    CREATE FUNCTION parts_of_texts(VARIADIC texts text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT substr(one, place, 3)), '{}')
        FROM unnest(texts) AS one, generate_series(1, length(one) - 2) AS place
    $$
"""


class Migration(migrations.Migration):
    """A part anywhere in a name or number, and the beginning of a number abroad, are found by an index."""

    atomic = False
    dependencies = [("people", "0003_roles_of_the_fund")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION parts_of_texts(VARIADIC text[])"),
        AddIndexConcurrently(
            "customer",
            Index(
                fields=["foreign_number"],
                name="customer_foreign_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(foreign_number=""),
            ),
        ),
        AddIndexConcurrently(
            "customer", GinIndex(Parts("sort_name", "id_number", "foreign_number"), name="customer_parts")
        ),
        AddIndexConcurrently("taxfile", GinIndex(Parts("file_number"), name="tax_file_parts")),
    ]
