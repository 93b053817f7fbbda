"""People for tests: users of every kind, customers, representatives."""

import factory
from django.utils import timezone

from crm_portal.people.models import (
    Customer,
    OneTimeCode,
    PowerOfAttorney,
    Representative,
    RepresentativeEmployee,
    RoleGrant,
    TaxFile,
    User,
)
from crm_portal.people.rules.one_time_codes import VALID_FOR
from crm_portal.people.rules.roles import Role, Scope, UserKind


def valid_id(number: int) -> str:
    """Nine digits with the check digit that the population register gives."""
    digits = f"{number % 10**8:08d}"
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


class UserFactory(factory.django.DjangoModelFactory):
    """An employee; `roles=[Role.HANDLER]` grants roles with unit scope, `level` applies to them."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"employee{n}")
    first_name = factory.Sequence(lambda n: f"דנה{n}")
    last_name = "לוי"
    kind = UserKind.EMPLOYEE.value

    @factory.post_generation
    def roles(self, create, extracted, *, level=0, scope=Scope.UNIT, **kwargs):
        for role in extracted or ():
            RoleGrant.objects.create(user=self, role=Role(role).value, scope=Scope(scope).value, level=level)


class CustomerFactory(factory.django.DjangoModelFactory):
    """A person with a verified registration; `unregistered=True` for one without."""

    class Meta:
        model = Customer

    class Params:
        unregistered = factory.Trait(
            email="", email_verified_at=None, mobile="", mobile_verified_at=None, registered_at=None, user=None
        )

    id_number = factory.Sequence(lambda n: valid_id(10_000_000 + n * 7))
    last_name = factory.Sequence(lambda n: f"כהן{n}")
    first_name = "רות"
    email = factory.Sequence(lambda n: f"customer{n}@example.org")
    email_verified_at = factory.LazyFunction(timezone.now)
    mobile = factory.Sequence(lambda n: f"+9725{n:08d}")
    mobile_verified_at = factory.LazyFunction(timezone.now)
    registered_at = factory.LazyFunction(timezone.now)
    user = factory.SubFactory(
        UserFactory, kind=UserKind.CUSTOMER.value, username=factory.Sequence(lambda n: f"customer{n}")
    )


class OneTimeCodeFactory(factory.django.DjangoModelFactory):
    """A code that was just sent; its digits are 123456."""

    class Meta:
        model = OneTimeCode

    purpose = "sign_in"
    subject = factory.Sequence(lambda n: valid_id(60_000_000 + n * 7))
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda code: code.created_at + VALID_FOR)
    code_hash = factory.LazyAttribute(lambda code: OneTimeCode.hashed(code.subject, "123456"))


class TaxFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaxFile

    customer = factory.SubFactory(CustomerFactory)
    tax_system = "income_tax"
    file_number = factory.Sequence(lambda n: f"0{n:09d}")


class RepresentativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Representative

    id_number = factory.Sequence(lambda n: valid_id(50_000_000 + n * 7))
    name = factory.Sequence(lambda n: f"ברק{n} יעל")
    kind = "accountant"
    licence_number = factory.Sequence(str)
    email = factory.Sequence(lambda n: f"office{n}@example.org")
    mobile = factory.Sequence(lambda n: f"+97254{n:07d}")


class RepresentativeEmployeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RepresentativeEmployee

    representative = factory.SubFactory(RepresentativeFactory)
    user = factory.SubFactory(
        UserFactory, kind=UserKind.REPRESENTATIVE.value, username=factory.Sequence(lambda n: f"card{n}")
    )
    card_number = factory.Sequence(lambda n: f"CARD{n:06d}")
    is_the_representative = True


class PowerOfAttorneyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PowerOfAttorney

    representative = factory.SubFactory(RepresentativeFactory)
    customer = factory.SubFactory(CustomerFactory)
    tax_system = "income_tax"
    source = "register"
    valid_from = "2020-01-01"
