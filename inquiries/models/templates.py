"""Response templates: approved ready-made replies (2.2.5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from routing.models import BusinessUnit, Team, Triplet

from .. import labels
from ..rules.codes import TemplateState


class ResponseTemplate(models.Model):
    """One ready-made reply of a unit, or of all units; used only while it is approved (CRM-2.2.5-b)."""

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))  # with placeholders: {customer_name}, {inquiry_number}
    unit = models.ForeignKey(
        BusinessUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Business unit")
    )  # empty: global, of the CRM department
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Team")
    )  # with no team and no triplets it is the whole unit's
    triplets = models.ManyToManyField(Triplet, related_name="+", blank=True, verbose_name=_("Triplets"))
    code = models.SlugField(_("Code"), max_length=60, blank=True)  # of the shipped ones only
    state = models.CharField(
        _("State"), max_length=20, choices=labels.TEMPLATE_STATE, default=TemplateState.DRAFT.value
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Author")
    )  # empty: shipped
    version = models.PositiveIntegerField(_("Version"), default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    rejection_reason = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("Response template"), _("Response templates")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="template_is_shipped_once", condition=~Q(code="")),
            models.CheckConstraint(
                name="template_of_a_team_is_of_its_unit", condition=Q(team__isnull=True) | Q(unit__isnull=False)
            ),
            models.CheckConstraint(
                name="template_rejected_with_a_reason", condition=~Q(state="rejected") | ~Q(rejection_reason="")
            ),
            models.CheckConstraint(
                name="template_decided_by_another_than_its_author",
                condition=Q(decided_by__isnull=True) | Q(author__isnull=True) | ~Q(decided_by=models.F("author")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="template_of_unit")]

    def __str__(self) -> str:
        return self.title


class TemplateVersion(models.Model):
    """A template's text and scope as they once were; kept when they change (CRM-2.2.5-b)."""

    template = models.ForeignKey(ResponseTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    scope = models.JSONField()  # codes: {"unit": ..., "team": ..., "triplets": [...]}
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.CheckConstraint(
                name="template_version_approved_by_another",
                condition=Q(approved_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(approved_by=models.F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}: {self.number}"
