"""Customers and their tax files (CRM-2.1.1-b)."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat, Trim
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.roles import ContactPreference, CustomerKind
from .parts import Parts

CUSTOMER_TEXTS = ("sort_name", "id_number", "foreign_number")  # what a customer is searched by
FILE_TEXTS = ("file_number",)


class Customer(models.Model):
    """One person, company or foreign resident: one customer file, whatever the tax system or the channel."""

    kind = models.CharField(_("Kind"), max_length=16, choices=labels.CUSTOMER_KIND, default=CustomerKind.PERSON.value)
    id_number = models.CharField(
        _("Identity number"), max_length=9, blank=True
    )  # nine digits, check digit included; empty: foreign
    country = models.CharField(_("Country"), max_length=2, blank=True)  # ISO 3166, foreign residents only
    foreign_number = models.CharField(
        _("Number abroad"), max_length=32, blank=True
    )  # passport or registration number abroad
    last_name = models.CharField(_("Last name"), max_length=120)  # a company's whole name stands here
    first_name = models.CharField(_("First name"), max_length=80, blank=True)
    sort_name = models.GeneratedField(  # last name first: how the instruction searches (3.3)
        expression=Trim(Concat("last_name", models.Value(" "), "first_name", output_field=models.CharField())),
        output_field=models.CharField(max_length=201),
        db_persist=True,
    )
    email = models.EmailField(_("E-mail"), blank=True)
    email_verified_at = models.DateTimeField(_("E-mail confirmed at"), null=True, blank=True)
    mobile = models.CharField(_("Mobile phone"), max_length=20, blank=True)  # E.164
    mobile_verified_at = models.DateTimeField(_("Mobile confirmed at"), null=True, blank=True)
    contact_preference = models.CharField(
        _("Preferred channel"), max_length=8, choices=labels.CONTACT_PREFERENCE, default=ContactPreference.EMAIL.value
    )
    registered_at = models.DateTimeField(
        _("Registered at"), null=True, blank=True
    )  # both addresses were confirmed (CRM-2.2.1-a)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="customer",
        verbose_name=_("Account"),
    )
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Customer"), _("Customers")
        constraints = [
            models.UniqueConstraint(fields=["id_number"], name="customer_has_one_file", condition=~Q(id_number="")),
            models.UniqueConstraint(
                fields=["country", "foreign_number"],
                name="foreign_customer_has_one_file",
                condition=~Q(foreign_number=""),
            ),
            models.CheckConstraint(
                name="customer_is_known_by_one_number",
                condition=(Q(kind="foreign") & Q(id_number="") & ~Q(country="") & ~Q(foreign_number=""))
                | (~Q(kind="foreign") & Q(id_number__regex=r"^\d{9}$") & Q(country="") & Q(foreign_number="")),
            ),
            models.CheckConstraint(
                name="customer_registers_with_both_addresses_confirmed",
                condition=Q(registered_at__isnull=True)
                | (Q(email_verified_at__isnull=False) & Q(mobile_verified_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name"], name="customer_name_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["id_number"], name="customer_id_prefix", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["foreign_number"],
                name="customer_foreign_prefix",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(foreign_number=""),
            ),
            GinIndex(Parts(*CUSTOMER_TEXTS), name="customer_parts"),
        ]

    def __str__(self) -> str:
        return self.sort_name or f"{self.last_name} {self.first_name}".strip()

    @property
    def shown_number(self) -> str:
        """The number people know the customer by."""
        return self.id_number or f"{self.country} {self.foreign_number}"

    @property
    def verified_email(self) -> str:
        """The e-mail messages may go to; empty when it was not confirmed."""
        return self.email if self.email_verified_at else ""

    @property
    def verified_mobile(self) -> str:
        """The mobile messages may go to; empty when it was not confirmed."""
        return self.mobile if self.mobile_verified_at else ""


class TaxFile(models.Model):
    """A file of a customer in one tax system, as Shaam gives it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="tax_files", verbose_name=_("Customer")
    )
    tax_system = models.CharField(_("Tax system (code)"), max_length=32)  # code of routing.TaxSystem
    file_number = models.CharField(_("File number"), max_length=16)  # with its leading 0
    file_type = models.CharField(_("File type"), max_length=8, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    annual_report_required = models.BooleanField(_("Annual report required"), default=False)
    managing_unit = models.CharField(
        _("Managing unit (code)"), max_length=64, blank=True
    )  # code of routing.BusinessUnit
    section = models.CharField(_("Section"), max_length=16, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Tax file"), _("Tax files")
        ordering = ["tax_system", "file_number"]
        constraints = [
            models.UniqueConstraint(fields=["tax_system", "file_number"], name="tax_file_number_is_given_once"),
            models.CheckConstraint(name="tax_file_number_begins_with_0", condition=Q(file_number__startswith="0")),
        ]
        indexes = [
            models.Index(fields=["file_number"], name="tax_file_prefix", opclasses=["varchar_pattern_ops"]),
            GinIndex(Parts(*FILE_TEXTS), name="tax_file_parts"),
        ]

    def __str__(self) -> str:
        return self.file_number
