"""Two keepers at once."""

from datetime import UTC, date, datetime

import pytest

from crm_portal.administration.services import keeping
from crm_portal.errors import Code
from routing.models import LocalityMap
from tests.factories.routing import TaxSystemFactory, UnitFactory
from tests.inquiries.test_races import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_of_two_rows_for_one_locality_exactly_one_is_made():
    office, vat = UnitFactory(), UnitFactory()
    office.tax_systems.add(TaxSystemFactory(code="income_tax"))
    vat.tax_systems.add(TaxSystemFactory(code="vat"))

    def add(day):
        return lambda: keeping.save_row(
            table="localities", row_id=None, by=None, at=NOW,
            values={"locality": "עפולה", "income_tax_office": office, "vat_office": vat, "msm_unit": None,
                    "valid_from": date(2026, 12, day), "valid_until": None},
        )  # fmt: skip

    results = at_once(add(1), add(2))  # not the same first day: no constraint of the table would refuse it

    assert codes(results) == [Code.DUPLICATE]
    assert LocalityMap.objects.count() == 1
