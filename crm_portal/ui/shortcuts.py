"""The keyboard shortcuts of staff pages, as the help page lists them; `portal.js` acts on them."""

from django.utils.translation import gettext_lazy as _

SHORTCUTS = [
    (_("Everywhere"), [
        (["/"], _("Search")),
        (["?"], _("This list")),
        (["G", "D"], _("To the dashboard")),
        (["G", "P"], _("To the inquiries")),
        (["G", "M"], _("To my inquiries")),
        (["Esc"], _("Close a dialog, clear the selection")),
    ]),
    (_("In a list"), [
        (["J"], _("Next row")),
        (["K"], _("Previous row")),
        (["X"], _("Select the row")),
        (["Shift", "X"], _("Select the rows since the last one")),
        (["Enter"], _("Open the row")),
        (["A"], _("Assign the row")),
        (["R"], _("Release the row")),
    ]),
    (_("In an inquiry"), [
        (["Ctrl", "S"], _("Save")),
        (["A"], _("Assign the inquiry")),
        (["R"], _("Release the inquiry")),
        (["T"], _("Response templates")),
        (["Ctrl", "Enter"], _("Send the reply")),
        (["T"], _("Response templates")),
        (["1"], _("First tab, and so on to 8")),
        (["J"], _("Next inquiry of the list")),
        (["K"], _("Previous inquiry of the list")),
    ]),
]  # fmt: skip
