"""
Four ways to prove who one is, each tried through `authenticate()`, so that axes counts every failure.

The `username` that each takes is the name under which failures are counted. A backend that knows why it refused says
so in `request.sign_in_refusal`.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from crm_portal.errors import Code, Refusal, Refused

from .models import Customer, User
from .rules.access import admin_site_allows
from .services import cards, one_time_codes, second_factor


class RoleBackend(BaseBackend):
    """What the security roles allow in the admin site, and how an account is found again by its session."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        if not getattr(user_obj, "is_employee", False) or not user_obj.is_active:
            return False
        app, _, name = perm.partition(".")
        verb, _, model = name.partition("_")
        return admin_site_allows(user_obj.roles, verb, f"{app}.{model}")

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return getattr(user_obj, "is_employee", False)  # the models of an app are asked for one by one


class EmployeeBackend(ModelBackend):
    """Username and password; the second factor is still to come."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and user.is_employee

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        return False  # roles decide, not groups or permissions given one by one

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False


class SecondFactorBackend(RoleBackend):
    """The code of the authenticator app, or a recovery code, of an employee whose password was right."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        username: str = "",
        employee: User | None = None,
        second_factor_code: str = "",
        at: datetime | None = None,
    ) -> User | None:
        if request is None or employee is None:
            return None
        refusal = second_factor.check(user=employee, typed=second_factor_code, at=at or timezone.now())
        return _accepted(request, employee, refusal)

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        return False

    has_module_perms = EmployeeBackend.has_module_perms


class CustomerBackend(SecondFactorBackend):
    """An identity number and the one-time code that was sent to its verified phone or e-mail."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        username: str = "",
        id_number: str = "",
        code_id: int | None = None,
        one_time_code: str = "",
        at: datetime | None = None,
    ) -> User | None:
        if request is None or code_id is None:
            return None
        refusal = one_time_codes.redeem(
            code_id=code_id, subject=id_number, typed=one_time_code, at=at or timezone.now()
        )
        customer = Customer.objects.select_related("user").filter(id_number=id_number, user__isnull=False).first()
        if customer is None or customer.user is None or not customer.user.is_active:
            return _accepted(request, None, refusal or Refusal(Code.CODE_WRONG, ("code",)))
        return _accepted(request, customer.user, refusal)


class CardBackend(SecondFactorBackend):
    """A smart card of a representative's office; the certification authority says whether it is valid."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str = "", card_number: str = "", at: datetime | None = None
    ) -> User | None:
        if request is None or not card_number:
            return None
        try:
            user = cards.account_of(card_number=card_number, by=None, at=at or timezone.now())
        except Refused as refused:
            return _accepted(request, None, refused.refusals[0])
        return _accepted(request, user, None)


def _accepted(request: HttpRequest, user: User | None, refusal: Refusal | None) -> User | None:
    request.sign_in_refusal = refusal  # type: ignore[attr-defined]
    return user if refusal is None else None
