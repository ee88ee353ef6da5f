"""The little world of the matrix test: two bases with everybody in them, and outsiders."""

from dataclasses import dataclass, field
from typing import Any

from lms.accounts.models import Person, User
from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Cohort, Organisation
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory
from tests.factories.schemes import LevelFactory

ROLES = (
    "anonymous",
    "trainee",
    "classmate",
    "trainer",
    "manager",
    "certifier",
    "verifier",
    "authority",
    "staff",
)


@dataclass
class Base:
    """One training base, its cohort, and the person it is about."""

    organisation: Organisation
    cohort: Cohort
    trainee: Person
    # What the rooms put here: `things["courses.enrolment"]` and the like.
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """`own` is the base of the people who ask; `other` is a base where none of them has a role."""

    own: Base
    other: Base
    users: dict[str, User | None]


def _staff(organisation: Organisation, role: Role) -> User:
    person = PersonFactory()
    RoleGrantFactory(user=person.user, organisation=organisation, role=role)
    return person.user


def _base() -> Base:
    organisation = OrganisationFactory()
    cohort = CohortFactory(organisation=organisation)
    LevelFactory(version=cohort.scheme_version)
    membership = MembershipFactory(cohort=cohort)
    return Base(organisation, cohort, membership.person)


def build_world() -> World:
    """Two bases; everybody who asks belongs to the first; the authority is set above the first only."""
    own, other = _base(), _base()
    authority = OrganisationFactory(kind=OrganisationKind.AUTHORITY)
    association = OrganisationFactory(kind=OrganisationKind.ASSOCIATION)
    own.organisation.parent = authority
    own.organisation.save()
    editor = PersonFactory(user__is_staff=True, user__is_superuser=True).user
    users: dict[str, User | None] = {
        "anonymous": None,
        "trainee": own.trainee.user,
        "classmate": MembershipFactory(cohort=own.cohort).person.user,
        "trainer": _staff(own.organisation, Role.TRAINER),
        "manager": _staff(own.organisation, Role.BASE_MANAGER),
        "certifier": _staff(own.organisation, Role.CERTIFIER),
        "verifier": _staff(association, Role.VERIFIER),
        "authority": _staff(authority, Role.AUTHORITY_OFFICER),
        "staff": editor,
    }
    return World(own, other, users)
