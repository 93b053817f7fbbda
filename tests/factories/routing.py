"""Tax systems, triplets, units and teams for tests."""

import factory

from routing.models import BusinessUnit, TaxSystem, Team, TeamMember, Triplet, TripletTeam, UnitMember


class TaxSystemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaxSystem
        django_get_or_create = ("code",)

    code = "income_tax"
    name = "מס הכנסה"


class TripletFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Triplet

    code = factory.Sequence(lambda n: f"triplet-{n}")
    tax_system = factory.SubFactory(TaxSystemFactory)
    main_topic = "מס הכנסה"
    sub_topic = "החזר מס"
    detail = factory.Sequence(lambda n: f"פירוט {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BusinessUnit

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"משרד {n}")
    kind = "office"


class TeamFactory(factory.django.DjangoModelFactory):
    """A team; `members=[user]` puts employees into it and its unit, `triplets=[triplet]` links it (as default)."""

    class Meta:
        model = Team
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"team-{n}")
    name = factory.Sequence(lambda n: f"צוות {n}")
    unit = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for user in extracted or ():
            TeamMember.objects.create(team=self, user=user)
            UnitMember.objects.get_or_create(unit=self.unit, user=user)

    @factory.post_generation
    def coordinators(self, create, extracted, **kwargs):
        for user in extracted or ():
            TeamMember.objects.create(team=self, user=user, is_coordinator=True)
            UnitMember.objects.get_or_create(unit=self.unit, user=user)

    @factory.post_generation
    def triplets(self, create, extracted, **kwargs):
        for triplet in extracted or ():
            TripletTeam.objects.create(triplet=triplet, team=self, is_default_for_unit=True)
