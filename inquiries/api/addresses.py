"""The API's own addresses of lists."""

from django.urls import reverse
from django.utils.http import urlencode

from ..selectors.named_charts import Params


def address(view: str, params: Params) -> str:
    """A view's rows with these filters."""
    query = urlencode(params, doseq=True)
    return reverse("inquiries_api:view_rows", args=[view]) + (f"?{query}" if query else "")
