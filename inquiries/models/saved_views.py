"""Views that employees keep for themselves: a named view, narrowed as they like it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The address of a narrowed view under a name of its owner's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("Name"), max_length=60)
    view = models.CharField(max_length=40)  # the key of the view it narrows
    query = models.CharField(max_length=1000, blank=True)  # of the address, without the place in the list
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name
