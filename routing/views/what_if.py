"""Where would this inquiry go? (CRM-7-q, screen M3)"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm_portal.people.permissions import may
from crm_portal.ui import pages

from ..forms import FileForm, WhatIfForm
from ..rules.access import Action
from ..selectors.explaining import explain
from ..selectors.tables import tables_on
from ..services.simulating import decide_case

FILES = 3
PAGE, RESULT = "routing/what_if.html", "routing/_decision.html"


@require_safe
@may(Action.WHAT_IF)
def what_if(request: HttpRequest) -> HttpResponse:
    """Show the form, and once it is filled the decision with its reasons; nothing is kept."""
    asked = request.GET if "triplet" in request.GET else None
    form = WhatIfForm(asked, initial={"on": timezone.localdate()})
    files = [FileForm(asked, prefix=f"file{n}", initial={"is_active": True}) for n in range(1, FILES + 1)]
    context: dict[str, object] = {"form": form, "files": files}
    if asked is None:
        return pages.show(request, PAGE, context)
    if not all([form.is_valid(), *(file.is_valid() for file in files)]):
        return pages.show(request, PAGE, context, status=422)
    case, on = form.case([given for file in files if (given := file.file())])
    context["explanation"] = explain(decide_case(case, tables_on(on)))
    return pages.show(request, PAGE, context)
