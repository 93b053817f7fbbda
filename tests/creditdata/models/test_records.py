"""The database itself keeps each natural key once among the records not cancelled (CRD-0-s)."""

import pytest
from django.db import IntegrityError, transaction

from creditdata.models import Record
from tests.factories.creditdata import LicenseeFactory, RecordFactory

from ..supplying import AT

pytestmark = pytest.mark.django_db

KEY = bytes(range(32))


@pytest.mark.req("CRD-0-s")
def test_a_key_is_held_once_at_a_licensee_until_it_is_cancelled():
    first = RecordFactory(key_hash=KEY)
    with pytest.raises(IntegrityError, match="record_once_for_its_key"), transaction.atomic():
        RecordFactory(licensee=first.licensee, key_hash=KEY)
    RecordFactory(licensee=LicenseeFactory(), key_hash=KEY)
    Record.objects.for_licensee(first.licensee).update(cancelled_at=AT)
    RecordFactory(licensee=first.licensee, key_hash=KEY)
    assert Record.objects.for_licensee(first.licensee).active().count() == 1
