"""People who have earned a level, and certificates issued the way the house issues them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from certificates.models import Certificate, Decision
from certificates.services.deciding import approve_decision, prepare_decision
from certificates.services.issuing import issue
from lms.accounts.models import Person, User
from lms.cohorts.enums import OrganisationKind, Role
from lms.cohorts.models import Cohort, Organisation
from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind
from lms.schemes.models import Level
from lms.schemes.services.facts import record_fact

from .accounts import BEGINNING, PersonFactory
from .cohorts import CohortFactory, MembershipFactory, OrganisationFactory, RoleGrantFactory
from .schemes import LevelFactory

SMALL_TREE: dict[str, Any] = {
    "kind": "all-of",
    "code": "junior",
    "title": "全部要求",
    "title_en": "Everything asked for",
    "children": [
        {
            "kind": "leaf",
            "code": "hours-total",
            "title": "总学时",
            "title_en": "Class hours in all",
            "fact": "class-hours",
            "at_least": "1.00",
            "source": "本方案自定",
            "source_en": "This scheme's own figure",
        },
        {
            "kind": "leaf",
            "code": "exam",
            "title": "等级考试",
            "title_en": "Level exam",
            "fact": "exam",
            "refs": ["junior"],
            "at_least": "60",
            "source": "本方案自定",
            "source_en": "This scheme's own figure",
        },
        {
            "kind": "leaf",
            "code": "simulation",
            "title": "交易实训",
            "title_en": "Deal simulations",
            "fact": "simulation",
            "count": 1,
            "per_ref_at_least": "70",
            "source": "本方案自定",
            "source_en": "This scheme's own figure",
        },
    ],
}


def staff(organisation: Organisation, role: Role, name: str = "") -> User:
    """Somebody who holds `role` at the organisation."""
    person = PersonFactory(**({"real_name": name} if name else {}))
    RoleGrantFactory(user=person.user, organisation=organisation, role=role)
    return person.user


def earn(person: Person, *, now: datetime = BEGINNING) -> None:
    """Give `person` every fact that the small tree asks for."""
    figures = [
        (FactKind.CLASS_HOURS, "public-knowledge", "0.55"),
        (FactKind.CLASS_HOURS, "practical-skills", "0.56"),
        (FactKind.EXAM, "junior", "75.00"),
        (FactKind.SIMULATION, "d-01-gas-heater", "82.00"),
    ]
    for kind, ref, value in figures:
        record_fact(
            person_id=person.pk,
            kind=kind,
            ref=ref,
            value=Decimal(value),
            source=f"tests:{person.pk}:{kind}:{ref}",
            occurred_at=now,
            now=now,
        )


def small_level(cohort: Cohort) -> Level:
    """The junior level of the cohort's scheme, with the small tree."""
    level = Level.objects.filter(version=cohort.scheme_version, code="junior").first()
    if level is None:
        return LevelFactory(version=cohort.scheme_version, requirements=SMALL_TREE)
    level.requirements = SMALL_TREE
    level.save(update_fields=["requirements"])
    return level


class Bench:
    """A training base with a manager, two certifiers, a cohort, and a trainee who has earned the level."""

    def __init__(self, *, name: str = "汾川技术转移培训基地", code: str = "", cohort: Cohort | None = None) -> None:
        own = {"code": code} if code else {}
        self.organisation = (
            cohort.organisation
            if cohort
            else OrganisationFactory(
                kind=OrganisationKind.BASE, name=name, name_en="Fenchuan Technology Transfer Training Base", **own
            )
        )
        self.manager = staff(self.organisation, Role.BASE_MANAGER, "康敏")
        self.certifier = staff(self.organisation, Role.CERTIFIER, "郭建平")
        self.second_certifier = staff(self.organisation, Role.CERTIFIER, "陶岩")
        self.cohort = cohort or CohortFactory(organisation=self.organisation)
        self.level = small_level(self.cohort)
        self.person = self.trainee("段文博")

    def trainee(self, name: str, *, earned: bool = True) -> Person:
        """Another person of the cohort."""
        person = PersonFactory(real_name=name, latin_name="DUAN Wenbo")
        MembershipFactory(cohort=self.cohort, person=person)
        if earned:
            earn(person)
        return person

    def prepare(self, now: datetime, *, person: Person | None = None) -> Decision:
        """A decision that waits."""
        return prepare_decision(
            person=person or self.person,
            level=LevelCode.JUNIOR,
            organisation=self.organisation,
            prepared_by=self.manager,
            now=now,
        )

    def approve(self, now: datetime, *, person: Person | None = None) -> Decision:
        """A decision that another person has approved."""
        return approve_decision(decision=self.prepare(now, person=person), approved_by=self.certifier, now=now)

    def issue(self, now: datetime, *, person: Person | None = None) -> Certificate:
        """A certificate."""
        return issue(decision=self.approve(now, person=person), now=now)
