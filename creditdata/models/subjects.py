"""Data subjects: one key each at a licensee (CRD-1-a, 1-e)."""

from django.db import models
from django.db.models import Q

from crm_portal.ciphers import decrypt, encrypt, keyed_hash

from .. import labels
from ..rules.codes import INDIVIDUAL, IdNumberKind
from .licensees import Licensee
from .scoped import ScopedQuerySet

NUMBER = "creditdata.subject"  # the purpose under which numbers are encrypted and hashed
_INDIVIDUAL = sorted(kind.value for kind in INDIVIDUAL)


def number_hash(kind: IdNumberKind | str, number: str, country: str = "") -> bytes:
    """What a number is found by; the same at every licensee, so that the Registrar may compare."""
    return keyed_hash(f"{kind}:{country}:{number}", NUMBER)


class DataSubjectQuerySet(ScopedQuerySet["DataSubject"]):
    def known_as(self, kind: IdNumberKind | str, number: str, country: str = "") -> "DataSubjectQuerySet":
        """The subject with this key, if there is one."""
        return self.filter(number_hash=number_hash(kind, number, country))


class DataSubject(models.Model):
    """One natural person about whom a licensee holds information, also when trading. Its number lies encrypted."""

    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="subjects")
    id_kind = models.CharField(max_length=24, choices=labels.ID_NUMBER_KIND)
    number_encrypted = models.BinaryField()
    number_hash = models.BinaryField(max_length=32)  # of kind, country and number
    country = models.CharField(max_length=2, blank=True)  # ISO 3166, of a passport
    last_name = models.CharField(max_length=120)
    first_name = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    objects = models.Manager.from_queryset(DataSubjectQuerySet)()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["licensee", "number_hash"], name="subject_has_one_key"),
            models.CheckConstraint(name="subject_is_an_individual", condition=Q(id_kind__in=_INDIVIDUAL)),  # CRD-1-c
            models.CheckConstraint(
                name="subject_has_a_country_exactly_with_a_passport",
                condition=(Q(id_kind=IdNumberKind.FOREIGN_PASSPORT.value) & ~Q(country=""))
                | (~Q(id_kind=IdNumberKind.FOREIGN_PASSPORT.value) & Q(country="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"

    @property
    def number(self) -> str:
        """The identity number in clear, for who may see it."""
        return decrypt(self.number_encrypted, NUMBER).decode()

    def set_number(self, kind: IdNumberKind | str, number: str, country: str = "") -> None:
        """Give the key, encrypted and hashed."""
        self.id_kind, self.country = IdNumberKind(kind).value, country
        self.number_encrypted = encrypt(number.encode(), NUMBER)
        self.number_hash = number_hash(kind, number, country)
