"""Licensees, sources and data subjects for tests."""

from datetime import UTC, date, datetime

import factory

from creditdata.models import DataSubject, Licence, Licensee, Membership, SourceAgreement, SourceOrganisation
from creditdata.rules.codes import AuthorisedSourceKind, IdNumberKind, LicenceStatus, LicenceType, SourceType
from creditdata.rules.members import MemberRole

from .people import UserFactory, valid_id

SINCE = datetime(2026, 1, 4, 8, 0, tzinfo=UTC)


class LicenseeFactory(factory.django.DjangoModelFactory):
    """A licensee with all eight details and a credit-data licence in force."""

    class Meta:
        model = Licensee
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"לשכת אשראי {n}")
    corporation_number = factory.Sequence(lambda n: f"5142{n:05d}")
    registered_office = "יגאל אלון 94, תל אביב"
    enquiries_address = "ת״ד 1000, תל אביב"
    telephone = "03-5550000"
    fax = "03-5550001"
    email = factory.Sequence(lambda n: f"office{n}@bureau.example")
    operates_since = date(2026, 1, 4)
    created_at = SINCE

    @factory.post_generation
    def licence(self, create, extracted, **kwargs):
        if extracted is not False:
            LicenceFactory(licensee=self, **kwargs)


class LicenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Licence

    licensee = factory.SubFactory(LicenseeFactory, licence=False)
    type = LicenceType.CREDIT_DATA_ONLY.value
    status = LicenceStatus.GRANTED.value
    status_since = SINCE.date()
    number = factory.Sequence(lambda n: f"CD-{n:04d}")
    applied_on = date(2025, 11, 2)
    granted_on = SINCE.date()


class SourceFactory(factory.django.DjangoModelFactory):
    """The Official Receiver, or what `type` says; an authorised source is a retail chain."""

    class Meta:
        model = SourceOrganisation

    code = factory.Sequence(lambda n: f"source-{n}")
    name = factory.Sequence(lambda n: f"מקור {n}")
    type = SourceType.OFFICIAL_RECEIVER.value
    authorised_kind = factory.LazyAttribute(
        lambda source: (
            AuthorisedSourceKind.RETAIL_CHAIN.value if source.type == SourceType.AUTHORISED_SOURCE.value else ""
        )
    )
    created_at = SINCE


class SourceAgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceAgreement

    licensee = factory.SubFactory(LicenseeFactory)
    source = factory.SubFactory(SourceFactory)
    from_on = SINCE.date()


class MembershipFactory(factory.django.DjangoModelFactory):
    """An intake clerk of a licensee; `role` and whom it acts for may be given."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = MemberRole.LICENSEE_INTAKE.value
    licensee = factory.SubFactory(LicenseeFactory)
    since = SINCE


class DataSubjectFactory(factory.django.DjangoModelFactory):
    """A resident; `number`, `id_kind` and `country` give the key."""

    class Meta:
        model = DataSubject

    licensee = factory.SubFactory(LicenseeFactory)
    last_name = factory.Sequence(lambda n: f"ישראלי{n}")
    first_name = "רות"
    created_at = SINCE

    @classmethod
    def _create(cls, model_class, *args, number=None, id_kind=IdNumberKind.RESIDENT, country="", **kwargs):
        subject = model_class(*args, **kwargs)
        cls.made = getattr(cls, "made", 0) + 1
        subject.set_number(id_kind, number or valid_id(20_000_000 + cls.made * 7), country)
        subject.save()
        return subject
