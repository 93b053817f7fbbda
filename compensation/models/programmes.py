"""Programmes: one emergency each, with its figures, dates and towns as dated data."""

from django.db import models


class Programme(models.Model):
    """One emergency under which claims are filed; the next one is a row, not code."""

    code = models.CharField(max_length=40, unique=True)
    name_he = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name_he
