"""Representatives, their employees, and what they are empowered to do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import labels
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
