"""What the tab of similar inquiries shows, and the banner that leads to it (screen E13, CRM-4.1-f)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..forms.closing_together import CloseTogetherForm
from ..selectors.related import Related, related_to

if TYPE_CHECKING:
    from .tabs import Shown


def needs(shown: "Shown") -> Mapping[str, Any]:
    """The similar inquiries, and to the owner the form that closes them."""
    related = known(shown)
    context: dict[str, Any] = {"related": related}
    if shown.rights.edits and any(one.can_be_closed for one in related):
        initial = {"version": shown.inquiry.version}
        context["together_form"] = CloseTogetherForm(
            initial=initial, inquiry=shown.inquiry, related=related, auto_id="together_%s"
        )
    return context


def has_similar(shown: "Shown") -> bool:
    """Whether the banner is drawn: before an answer, when there is a similar inquiry (CRM-4.1-f, CRM-6.6-k)."""
    return shown.inquiry.is_active and bool(known(shown))


def known(shown: "Shown") -> list[Related]:
    """The similar inquiries; asked once for a page, which names them at several places."""
    kept: list[Related] | None = shown.inquiry.__dict__.get("_related")
    if kept is None:
        kept = related_to(shown.user, shown.inquiry)
        shown.inquiry.__dict__["_related"] = kept
    return kept
