"""Applications for places: one's own, and those on which a base decides."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Prefetch, Value, When

from courses.enums import PENDING_STATES, ApplicationState, EnrolmentState
from courses.models import Application, ApplicationDocument, Enrolment
from courses.models.application import ApplicationQuerySet
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of
from lms.kernel.levels import LevelCode
from lms.kernel.tallies import tally
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import history_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from courses.models import Offering
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Organisation

WAITING = "applications-waiting"


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate on record: its level, since when the platform knows of it, and when it was taken back."""

    level: LevelCode
    known_since: "datetime"
    revoked_at: "datetime | None"


def applications_of(user: "User | AnonymousUser") -> ApplicationQuerySet:
    """One's own applications, the last one first."""
    own = Application.objects.visible_to(user).filter(person__user_id=user.pk or 0)
    return own.select_related("offering__course__page", "organisation", "enrolment").order_by("-created_at", "-pk")


def pending_application(person: "Person", offering: "Offering") -> Application | None:
    """The application of this person for this offering on which nothing is decided yet."""
    return Application.objects.filter(person=person, offering=offering, state__in=PENDING_STATES).first()


def pending_among(person: "Person | None", offerings: Collection["Offering"]) -> list[Application]:
    """What this person has applied for among these offerings and nobody has decided yet (one query)."""
    found = Application.objects.filter(person=person, offering__in=list(offerings), state__in=PENDING_STATES)
    return list(found.select_related("offering"))


def application_visible_to(user: "User | AnonymousUser", uid: UUID) -> Application | None:
    """One application with its documents and what happened to it, if `user` may see it (three queries)."""
    return (
        Application.objects.visible_to(user)
        .filter(uid=uid)
        .select_related("person", "offering__course__page", "offering__organisation", "organisation", "enrolment")
        .prefetch_related("events", Prefetch("documents", queryset=ApplicationDocument.objects.select_related("file")))
        .first()
    )


def applications_to_decide(user: "User | AnonymousUser", state: str = "") -> ApplicationQuerySet:
    """Applications to the bases that `user` manages: those that wait first and oldest first, then the last settled."""
    waits = Case(When(state=ApplicationState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Application.objects.filter(organisation__in=organisations_of(user, Role.BASE_MANAGER))
    if state in ApplicationState.values:
        found = found.filter(state=state)
    return (
        found.select_related("person", "offering__course__page", "organisation")
        .annotate(waits=waits)
        .order_by("waits", "created_at", "pk")
    )


def document_visible_to(user: "User | AnonymousUser", uid: UUID) -> ApplicationDocument | None:
    """One document of an application that `user` may see, if its file is still there."""
    return (
        ApplicationDocument.objects.filter(
            uid=uid, file__isnull=False, application__in=Application.objects.visible_to(user)
        )
        .select_related("file", "application__person", "application__organisation")
        .first()
    )


def certificates_known(person_id: int) -> list[HeldCertificate]:
    """Certificates of a person that the platform issued, or that a base recorded, oldest first (one query)."""
    held: list[HeldCertificate] = []
    for fact in history_of(person_id):
        if fact.kind != FactKind.CERTIFICATE:
            continue
        if fact.value > 0:
            held.append(HeldCertificate(LevelCode(fact.ref), fact.at, None))
            continue
        for at in reversed(range(len(held))):
            if held[at].level == fact.ref and held[at].revoked_at is None:
                held[at] = HeldCertificate(held[at].level, held[at].known_since, fact.at)
                break
    return held


def courses_completed(person_id: int) -> "QuerySet[Enrolment]":
    """Courses that a person has completed on this platform (one query)."""
    done = Enrolment.objects.filter(person_id=person_id, state=EnrolmentState.COMPLETED)
    return done.with_outline().select_related("organisation").order_by("enrolled_at", "pk")


def applications_waiting(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """How many applications wait for a decision at these organisations, to be asked together with other figures."""
    return tally(Application.objects.waiting().filter(organisation__in=organisations), WAITING, figure=Count("pk"))
