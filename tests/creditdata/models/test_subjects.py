"""Identity numbers lie encrypted and are found by a keyed hash (CRD-0-u)."""

import pytest
from django.db import IntegrityError, connection

from creditdata.models import DataSubject
from creditdata.models.subjects import number_hash
from creditdata.rules.codes import IdNumberKind
from tests.factories.creditdata import DataSubjectFactory

pytestmark = pytest.mark.django_db


@pytest.mark.req("CRD-0-u")
def test_the_database_holds_no_identity_number_in_clear():
    subject = DataSubjectFactory(number="123456782")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM creditdata_datasubject t WHERE id = %s", [subject.pk])
        row = cursor.fetchone()[0]
    assert "123456782" not in row
    assert b"123456782".hex() not in row
    subject.refresh_from_db()
    assert subject.number == "123456782"


@pytest.mark.req("CRD-0-u")
def test_a_number_is_found_by_its_hash_and_only_with_the_servers_key(settings):
    subject = DataSubjectFactory(number="123456782")
    subjects = DataSubject.objects.for_licensee(subject.licensee)
    assert subjects.known_as(IdNumberKind.RESIDENT, "123456782").get() == subject
    settings.DATA_HASH_KEY = "another"
    assert not subjects.known_as(IdNumberKind.RESIDENT, "123456782").exists()


@pytest.mark.req("CRD-1-e")
def test_the_key_is_kind_number_and_country():
    keys = {
        number_hash(IdNumberKind.RESIDENT, "123456782"),
        number_hash(IdNumberKind.AREA_RESIDENT, "123456782"),
        number_hash(IdNumberKind.FOREIGN_PASSPORT, "123456782", "FR"),
        number_hash(IdNumberKind.FOREIGN_PASSPORT, "123456782", "DE"),
    }
    assert len(keys) == 4


@pytest.mark.req("CRD-1-c")
def test_a_corporation_is_no_data_subject():
    with pytest.raises(IntegrityError, match="subject_is_an_individual"):
        DataSubjectFactory(id_kind=IdNumberKind.CORP_REGISTERED, number="514000009")
