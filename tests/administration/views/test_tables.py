"""The lists and forms of the reference tables, through the pages."""

import pytest

from administration.tables import TABLES


@pytest.mark.parametrize("key", TABLES)
def test_every_table_has_a_list_a_form_and_a_row(screen, key):
    table = TABLES[key]
    row = table.model.objects.first()

    assert screen.get(f"/administration/tables/{key}/").status_code == 200
    assert screen.get(f"/administration/tables/{key}/new/").status_code == (200 if table.can_add else 404)
    if row is not None:
        assert screen.get(f"/administration/tables/{key}/{row.pk}/").status_code == 200
        if table.ending != "never":
            assert screen.get(f"/administration/tables/{key}/{row.pk}/end/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["", "completeness/", "calendar/", "calendar/authority/2026-04-02/", "calendar/import/", "settings/", "timers/",
     "registers/"],
)  # fmt: skip
def test_every_other_screen_opens(screen, address):
    assert screen.get(f"/administration/{address}").status_code == 200
