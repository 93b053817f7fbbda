"""What REST views need of permissions."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from . import permissions

if TYPE_CHECKING:  # REST framework imports this module while it makes its views
    from rest_framework.views import APIView


class RoleMayDo(BasePermission):
    """Let in whose roles allow the view's `required_action`; a view that names none lets nobody in."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        try:
            action = permissions.required_action(type(view), request.method or "GET")
        except permissions.Undeclared:
            return False
        if action is None:
            return True
        if not request.user.is_authenticated:
            return False
        if not hasattr(view, (request.method or "GET").lower()):
            return True  # REST framework then says that there is no such method, to every role alike (CRM-2-d)
        return request.user.may(action)
