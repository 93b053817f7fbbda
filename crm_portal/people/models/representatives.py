"""Representatives, their employees, and what they are empowered to do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import labels
from ..rules.roles import PoaRequestState
from .customers import Customer


class Representative(models.Model):
    """A lawyer, accountant or tax adviser with an office in the representatives' network."""

    id_number = models.CharField(_("Identity number"), max_length=9, unique=True)
    name = models.CharField(_("Name"), max_length=120)  # last name first
    kind = models.CharField(_("Kind"), max_length=16, choices=labels.REPRESENTATIVE_KIND)
    licence_number = models.CharField(_("Licence number"), max_length=20)
    is_active_licence = models.BooleanField(_("Licence is active"), default=True)
    email = models.EmailField(_("E-mail"), blank=True)  # the registered address (CRM-2.2.7-a)
    mobile = models.CharField(_("Mobile phone"), max_length=20, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Representative"), _("Representatives")
        constraints = [
            models.UniqueConstraint(fields=["kind", "licence_number"], name="licence_is_held_by_one"),
        ]

    def __str__(self) -> str:
        return self.name


class RepresentativeEmployee(models.Model):
    """Somebody who enters with a card of a representative's office: the representative or an employee."""

    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="employees", verbose_name=_("Representative")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="representative_card",
        verbose_name=_("Account"),
    )
    card_number = models.CharField(_("Card number"), max_length=32, unique=True)
    is_the_representative = models.BooleanField(_("Is the representative"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("Card"), _("Cards")
        constraints = [
            models.UniqueConstraint(
                fields=["representative"],
                name="representative_has_one_card_of_his_own",
                condition=Q(is_the_representative=True),
            ),
        ]

    def __str__(self) -> str:
        return self.card_number


class PowerOfAttorney(models.Model):
    """An authority to act for a customer before one tax system, for a time."""

    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="powers", verbose_name=_("Representative")
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="powers", verbose_name=_("Customer"))
    tax_system = models.CharField(_("Tax system (code)"), max_length=32)
    source = models.CharField(_("Source"), max_length=20, choices=labels.POA_SOURCE)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    limited_topic = models.CharField(_("Limited to"), max_length=24, choices=labels.POA_LIMITED_TOPIC, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Power of attorney"), _("Powers of attorney")
        constraints = [
            models.CheckConstraint(
                name="power_ends_not_before_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["representative", "customer", "tax_system"], name="power_of_pair")]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.customer_id} ({self.tax_system})"


class PoaRequest(models.Model):
    """A representative's request for a power limited to one topic, on file types 91, 10 and 95 (CRM-6.6-f)."""

    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="requests", verbose_name=_("Representative")
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="poa_requests", verbose_name=_("Customer")
    )
    topic = models.CharField(_("Topic"), max_length=24, choices=labels.POA_LIMITED_TOPIC)
    file_type = models.CharField(_("File type"), max_length=8, blank=True)  # empty: the customer has no file
    state = models.CharField(
        _("State"), max_length=12, choices=labels.POA_REQUEST_STATE, default=PoaRequestState.PENDING.value
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # the last step

    class Meta:
        verbose_name, verbose_name_plural = _("Power-of-attorney request"), _("Power-of-attorney requests")
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "customer", "topic"],
                name="poa_request_stands_once",
                condition=Q(state__in=["pending", "approved"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.customer_id}: {self.topic} ({self.state})"


class Section60Representation(models.Model):
    """The Israeli representative of a foreign business, in VAT (CRM-7-t); the CRM department switches it on."""

    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="section_60", verbose_name=_("Representative")
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="section_60", verbose_name=_("Foreign business")
    )
    is_on = models.BooleanField(_("Switched on"), default=False)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(_("Registered at"))

    class Meta:
        verbose_name, verbose_name_plural = _("Section-60 representation"), _("Section-60 representations")
        constraints = [
            models.UniqueConstraint(fields=["representative", "customer"], name="section_60_registered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.customer_id}"
