"""What the routing engine decided, with what it decided on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import labels
from .units import BusinessUnit, Team


class RoutingDecision(models.Model):
    """One decision, kept for ever; a later change of the tables does not touch it (CRM-7-a, CRM-7-q)."""

    facts = models.JSONField(_("Facts"))  # the inputs, in the shape of `docs/routing.md`
    rule = models.CharField(_("Rule"), max_length=24, choices=labels.ROUTING_RULE)
    unit = models.ForeignKey(BusinessUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Business unit"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("Team"))
    is_fallback = models.BooleanField(_("Fallback"), default=False)
    cause = models.CharField(_("Cause"), max_length=40, blank=True)  # of the fallback: rules.engine.Cause
    reasons = models.JSONField(_("Reasons"), default=list)
    decided_at = models.DateTimeField(_("Decided at"))

    class Meta:
        verbose_name, verbose_name_plural = _("Routing decision"), _("Routing decisions")

    def __str__(self) -> str:
        return f"{self.rule}: {self.team_id}"
