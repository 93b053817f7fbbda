"""Licensees, sources and data subjects for tests."""

from datetime import UTC, date, datetime

import factory

from creditdata.models import (
    DataSubject,
    IntakeBatch,
    IntakeRow,
    Licence,
    Licensee,
    Membership,
    OriginalRecord,
    Record,
    SourceAgreement,
    SourceOrganisation,
    StaffPerson,
)
from creditdata.models.intake import ROW
from creditdata.rules.chain import Sealed, link_hash, row_hash
from creditdata.rules.codes import (
    AuthorisedSourceKind,
    IdNumberKind,
    LicenceStatus,
    LicenceType,
    RecordKind,
    RowStatus,
    SourceType,
)
from creditdata.rules.intake import BatchFormat, BatchStatus
from creditdata.rules.members import MemberRole
from creditdata.selectors import chains
from crm_portal.ciphers import encrypt, keyed_hash
from crm_portal.people.rules.roles import Role, Scope

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


class BatchFactory(factory.django.DjangoModelFactory):
    """A batch of receiving orders that was read; its file is nowhere."""

    class Meta:
        model = IntakeBatch

    licensee = factory.SubFactory(LicenseeFactory)
    source = factory.SubFactory(SourceFactory)
    kind = RecordKind.RECEIVING_ORDER.value
    as_of = date(2026, 2, 27)
    made_available_on = date(2026, 3, 1)
    format = BatchFormat.CSV.value
    size = 100
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    received_at = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    status = BatchStatus.DONE.value
    finished_at = datetime(2026, 3, 1, 8, 1, tzinfo=UTC)


class IntakeRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IntakeRow

    batch = factory.SubFactory(BatchFactory)
    licensee = factory.SelfAttribute("batch.licensee")
    number = factory.Sequence(lambda n: n + 1)
    status = RowStatus.ACCEPTED.value
    raw_encrypted = factory.LazyFunction(lambda: encrypt(b'{"case_number": "\xd7\xa4\xd7\xa9\\"\xd7\xa8 1"}', ROW))


class RecordFactory(factory.django.DjangoModelFactory):
    """A receiving order; its details stand beside it."""

    class Meta:
        model = Record
        skip_postgeneration_save = True

    licensee = factory.SubFactory(LicenseeFactory)
    kind = RecordKind.RECEIVING_ORDER.value
    subject = factory.SubFactory(DataSubjectFactory, licensee=factory.SelfAttribute("..licensee"))
    source = factory.SubFactory(SourceFactory)
    key_hash = factory.Sequence(lambda n: n.to_bytes(32, "big"))
    content_hash = bytes(32)
    as_of = date(2026, 2, 27)
    made_available_on = date(2026, 3, 1)
    received_on = date(2026, 3, 1)
    retain_until = date(2033, 3, 1)


class OriginalFactory(factory.django.DjangoModelFactory):
    """The next original of a licensee, chained to the one before it."""

    class Meta:
        model = OriginalRecord

    licensee = factory.SubFactory(LicenseeFactory)

    @classmethod
    def _create(cls, model_class, *args, licensee, **kwargs):
        row = IntakeRowFactory(batch__licensee=licensee)
        record = RecordFactory(licensee=licensee, source=row.batch.source)
        sequence, link = chains.head(licensee)
        given = {
            "licensee_id": licensee.pk, "sequence": sequence + 1, "row_id": row.pk, "batch_id": row.batch_id,
            "source_id": row.batch.source_id, "record_id": record.pk, "kind": record.kind, "event": "NEW",
            "as_of": record.as_of, "made_available_on": record.made_available_on,
            "received_at": row.batch.received_at, "retain_until": record.retain_until, "content": row.raw_encrypted,
        }  # fmt: skip
        own = row_hash(Sealed(**given))
        return model_class.objects.create(**given, row_hash=own, link_hash=link_hash(link, own))


def identified(user, number=None):
    """Say who is behind an account; another person for each call without a number."""
    person = keyed_hash(number or f"person {user.pk}", "creditdata.staff")
    StaffPerson.objects.create(user=user, person=person, recorded_at=SINCE)
    return user


def member(role, licensee=None, *, number=None, user=None):
    """An account with a role of 12.1 at a licensee, or beside the Registrar, and a person behind it."""
    user = user or UserFactory(roles=[Role(role)], roles__scope=Scope.OWN)
    if not StaffPerson.objects.filter(user=user).exists():
        identified(user, number)
    MembershipFactory(user=user, role=MemberRole(role).value, licensee=licensee)
    return user
