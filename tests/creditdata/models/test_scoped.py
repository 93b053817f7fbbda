"""Rows of a licensee are read for a licensee, or not at all (CRD-0-r)."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from creditdata.models import DataSubject, SourceAgreement
from creditdata.models.scoped import ScopedQuerySet, UnscopedRead
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory

pytestmark = pytest.mark.django_db

SHARED = (  # the Registrar's own too; a licensee is only whom they are about, or who may have made them
    "Licence", "Membership", "UpdateDirective", "DualControlProposal", "Exemption", "AccessLog",
)  # fmt: skip
READS = [
    list,
    len,
    bool,
    lambda rows: rows.count(),
    lambda rows: rows.exists(),
    lambda rows: rows.first(),
    lambda rows: rows.get(pk=1),
    lambda rows: rows.in_bulk([1]),
    lambda rows: list(rows.iterator()),
    lambda rows: list(rows.values_list("pk")),
    lambda rows: rows.aggregate(),
    lambda rows: rows.filter(pk=1).update(country=""),
    lambda rows: rows.filter(pk=1).delete(),
    lambda rows: list(LicenseeFactory._meta.model.objects.filter(subjects__in=rows)),
]


@pytest.mark.req("CRD-0-r")
@pytest.mark.parametrize("read", READS, ids=range(len(READS)))
def test_a_read_without_a_licensee_raises_in_every_form(read):
    with pytest.raises(UnscopedRead):
        read(DataSubject.objects.all())


@pytest.mark.req("CRD-0-r")
def test_a_licensee_reads_its_own_rows_alone():
    mine, _others = DataSubjectFactory(), DataSubjectFactory()
    found = DataSubject.objects.for_licensee(mine.licensee)
    assert list(found) == [mine]
    assert found.count() == 1
    assert DataSubject.objects.of_every_licensee().count() == 2


@pytest.mark.req("CRD-0-r")
def test_every_table_of_a_licensee_has_a_licensee_and_is_read_only_for_one():
    owned = [
        model
        for model in apps.get_app_config("creditdata").get_models()
        if model.__name__ not in SHARED and any(field.name == "licensee" for field in model._meta.fields)
    ]
    assert {DataSubject, SourceAgreement} <= set(owned)
    for model in owned:
        assert not model._meta.get_field("licensee").null, model
        assert isinstance(model._default_manager.all(), ScopedQuerySet), model


def test_two_licensees_may_know_the_same_person_and_one_knows_a_number_once():
    mine = DataSubjectFactory(number="123456782")
    DataSubjectFactory(number="123456782")
    with pytest.raises(IntegrityError, match="subject_has_one_key"), transaction.atomic():
        DataSubjectFactory(licensee=mine.licensee, number="123456782")
