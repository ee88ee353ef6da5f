from datetime import date

import factory

from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Cohort, Membership, Organisation, RoleGrant

from .accounts import BEGINNING, PersonFactory, UserFactory
from .schemes import SchemeVersionFactory

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: "T" + "".join(_ALPHABET[n // 23**i % 23] for i in (2, 1, 0)))
    kind = OrganisationKind.BASE
    name = factory.Sequence(lambda n: f"第 {n} 培训基地")
    name_en = factory.Sequence(lambda n: f"Training base {n}")
    created_at = BEGINNING


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.BASE_MANAGER
    since = BEGINNING


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"2026-{n}")
    title = "初级 2026 秋季班"
    title_en = "Junior, autumn 2026"
    level = "junior"
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    starts_on = date(2026, 9, 1)
    ends_on = date(2026, 12, 31)
    created_at = BEGINNING


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    joined_at = BEGINNING
