"""What migrations of any app use to make a table append-only in the database itself."""

from django.db.migrations import RunSQL

# SQLSTATE 42501, "insufficient privilege": nobody's code mistakes it for a duplicate row.
_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are append-only: % is refused.', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501';
END $$
"""
_ROW = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
_STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"


def append_only(table: str) -> RunSQL:
    """
    Refuse UPDATE, DELETE and TRUNCATE of `table`, whoever asks and by whatever way; undone when migrated back.

    There is no switch to turn it off for a session. It replaces `pgtrigger.Protect`, which `pgtrigger.ignore` can
    switch off. Every table brings the shared function along, so no app depends on another's migrations.
    """
    return RunSQL(
        sql=[
            _REFUSE,
            f'CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON "{table}" {_ROW}',
            f'CREATE TRIGGER append_only_table BEFORE TRUNCATE ON "{table}" {_STATEMENT}',
        ],
        reverse_sql=[
            f'DROP TRIGGER append_only_rows ON "{table}"',
            f'DROP TRIGGER append_only_table ON "{table}"',
        ],
    )
