"""The admin site, entered through the portal's own sign-in and governed by the security roles."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(AdminConfig):
    default_site = "crm_portal.people.admin_site.PortalAdminSite"


class PortalAdminSite(AdminSite):
    """Reference data, users and the audit; who sees which models is in `rules.access`."""

    site_header = site_title = _("Reference data and users")
    index_title = _("Tables")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        from .models import User
        from .rules.access import PeopleAction

        return isinstance(request.user, User) and request.user.may(PeopleAction.ENTER_ADMIN_SITE)

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """There is one sign-in, with its second factor."""
        return redirect("people:sign_in")
