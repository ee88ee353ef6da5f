"""Claims before those who decide: what waits, one claim with all around it, and others that look like it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from lms.accounts.selectors.people import all_people
from lms.cohorts.selectors.roles import organisations_of
from lms.credits.enums import (
    CONFIRMING_ROLES,
    READING_ROLES,
    WAITING_STATES,
    ClaimState,
    CreditKind,
    ShareState,
)
from lms.credits.models import Claim, ClaimEvent, ClaimEvidence, ClaimShare, Confirmation

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

ALIKE_DAYS, ALIKE_AT_MOST = 31, 6
OVERDUE, SOON, SOON_DAYS = "overdue", "soon", 3


@dataclass(frozen=True, slots=True)
class Filter:
    """What the queue is narrowed to; empty words narrow nothing."""

    kind: str = ""
    state: str = ""
    due: str = ""
    people: str = ""


def desk_claims(user: "User | AnonymousUser") -> QuerySet[Claim]:
    """Claims at the organisations that `user` reads at, without drafts and without violations."""
    if not user.is_authenticated:
        return Claim.objects.none()
    found = Claim.objects.exclude(state=ClaimState.DRAFT).exclude(kind=CreditKind.VIOLATION)
    if user.is_superuser:
        return found
    return found.filter(organisation__in=organisations_of(user, *READING_ROLES))


def queue(user: "User | AnonymousUser", asked: Filter, today: "date") -> QuerySet[Claim]:
    """What waits first and the oldest at the top, then the rest; a page of it costs the same however many there are."""
    ready = ~Exists(ClaimShare.objects.filter(claim=OuterRef("pk")).exclude(state=ShareState.AGREED))
    vouched = Confirmation.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"))
    waits = Case(
        When(state__in=WAITING_STATES, then=Value(0)),
        When(state=ClaimState.RETURNED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = _narrowed(desk_claims(user), asked, today)
    barred = ClaimShare.objects.filter(claim=OuterRef("pk"), person__user_id=user.pk or 0)
    passed_on = ClaimEvent.objects.filter(claim=OuterRef("pk"), actor=f"user:{user.pk}", from_state=F("to_state"))
    found = found.annotate(
        waits=waits,
        ready=ready,
        half=Exists(vouched),
        barred=Exists(barred) | Exists(passed_on),
        people=Count("shares"),
    )
    return found.select_related("person", "organisation", "rules").order_by("waits", F("submitted_at").asc(), "pk")


def _narrowed(found: QuerySet[Claim], asked: Filter, today: "date") -> QuerySet[Claim]:
    if asked.kind in CreditKind.values:
        found = found.filter(kind=asked.kind)
    if asked.state in ClaimState.values:
        found = found.filter(state=asked.state)
    if asked.due == OVERDUE:
        found = found.filter(state__in=WAITING_STATES, due_on__lt=today)
    if asked.due == SOON:
        found = found.filter(state__in=WAITING_STATES, due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    if asked.people == "half":
        found = found.filter(
            Exists(Confirmation.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"))),
            state=ClaimState.SUBMITTED,
        )
    if asked.people == "one":
        found = found.exclude(Exists(Confirmation.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"))))
        found = found.filter(state=ClaimState.SUBMITTED)
    return found


def claims_waiting(user: "User | AnonymousUser") -> int:
    """How many claims wait for `user`: handed in, every share agreed, and nothing that bars this very person (one
    query).
    """
    if not user.is_authenticated:
        return 0
    own = Q(person__user_id=user.pk)
    shares = ClaimShare.objects.filter(claim=OuterRef("pk"))
    mine = Confirmation.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), user_id=user.pk)
    passed_on = ClaimEvent.objects.filter(claim=OuterRef("pk"), actor=f"user:{user.pk}", from_state=F("to_state"))
    found = Claim.objects.filter(state=ClaimState.SUBMITTED)
    if not user.is_superuser:
        found = found.filter(organisation__in=organisations_of(user, *CONFIRMING_ROLES))
    return (
        found.exclude(own)
        .exclude(Exists(shares.filter(person__user_id=user.pk)))
        .exclude(Exists(shares.exclude(state=ShareState.AGREED)))
        .exclude(Exists(mine))
        .exclude(Exists(passed_on))
        .count()
    )


def desk_claim(user: "User | AnonymousUser", uid: UUID) -> Claim | None:
    """One claim with its shares, files, events, confirmations, appeals and sample (seven queries)."""
    return (
        desk_claims(user)
        .filter(uid=uid)
        .select_related("person__user", "organisation", "rules", "sample")
        .prefetch_related(
            "events",
            "appeals__decided_by__person",
            Prefetch("confirmations", queryset=Confirmation.objects.select_related("user__person")),
            Prefetch("shares", queryset=ClaimShare.objects.select_related("person__user")),
            Prefetch("evidence", queryset=ClaimEvidence.objects.select_related("file")),
        )
        .first()
    )


def alike(claim: Claim) -> list[Claim]:
    """Other claims near in date, of the same kind, by anybody who has a share of this one: perhaps the same work (one
    query).
    """
    people = [share.person_id for share in claim.shares.all()]
    near = timedelta(days=ALIKE_DAYS)
    same = ClaimShare.objects.filter(claim=OuterRef("pk"), person__in=people)
    found = Claim.objects.filter(
        Exists(same),
        kind=claim.kind,
        occurred_on__gte=claim.occurred_on - near,
        occurred_on__lte=claim.occurred_on + near,
    )
    left_out = (ClaimState.DRAFT, ClaimState.WITHDRAWN)
    found = found.exclude(pk=claim.pk).exclude(state__in=left_out).select_related("person", "organisation")
    return list(found.order_by("-occurred_on", "-pk")[:ALIKE_AT_MOST])


def desk_organisations(user: "User | AnonymousUser") -> QuerySet["Organisation"]:
    """Where `user` decides about claims."""
    return organisations_of(user, *CONFIRMING_ROLES).order_by("name", "pk")


def names_of(actors: set[str]) -> dict[str, str]:
    """Names behind references such as `user:12` (one query)."""
    numbers = {int(actor.partition(":")[2]) for actor in actors if actor.startswith("user:")}
    people = all_people().filter(user__in=numbers).values_list("user_id", "real_name")
    return {f"user:{number}": name for number, name in people}


def chosen_claims(user: "User | AnonymousUser", uids: list[UUID]) -> list[Claim]:
    """Claims that `user` reads, in the order of the queue (two queries)."""
    found = desk_claims(user).filter(uid__in=uids).select_related("person", "organisation", "rules")
    shares = Prefetch("shares", queryset=ClaimShare.objects.select_related("person"))
    return list(found.prefetch_related(shares).order_by("submitted_at", "pk"))
