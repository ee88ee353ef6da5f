"""Decisions as the people who prepare and make them see them, and who could be put forward next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When

from certificates.enums import LIVE_STATES, DecisionState, RenewalStepKind
from certificates.models import Certificate, Decision, RenewalStep
from lms.cohorts.enums import LIVE_STATES as LIVE_MEMBERSHIPS
from lms.cohorts.enums import Role
from lms.cohorts.selectors.cohorts import cohorts_staffed_by, members_of
from lms.cohorts.selectors.roles import organisations_of
from lms.schemes.selectors.current import level_of
from lms.schemes.selectors.facts import histories_of, standing_in
from lms.schemes.selectors.standing import Asked, Standing, asked_now, standings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from certificates.models.decision import DecisionQuerySet
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Cohort
    from lms.schemes.models import Level

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trainee of a cohort, and how far the level is earned."""

    person: "Person"
    standing: Standing


def decision_of_ref(ref: str) -> Decision | None:
    """The decision with this number or identifier, for the console."""
    if ref.isdecimal():
        return Decision.objects.filter(pk=int(ref)).first()
    try:
        return Decision.objects.filter(uid=UUID(ref)).first()
    except ValueError:
        return None


def decision_visible_to(user: "User | AnonymousUser", uid: UUID) -> Decision | None:
    """One decision with all that its page shows, if `user` may see it."""
    return _whole(user).filter(uid=uid).first()


def _whole(user: "User | AnonymousUser") -> "DecisionQuerySet":
    return Decision.objects.visible_to(user).select_related(
        "person", "organisation", "prepared_by__person", "decided_by__person", "certificate"
    )


def decisions_page(user: "User | AnonymousUser", number: int | str) -> Page:
    """One page of the decisions that `user` may see: those that wait, the longest first, then the newest."""
    waits = Case(When(state=DecisionState.PREPARED, then=Value(0)), default=Value(1))
    waits_since = Case(When(state=DecisionState.PREPARED, then=F("prepared_at")))
    return Paginator(_whole(user).order_by(waits, waits_since, "-prepared_at", "-pk"), PER_PAGE).get_page(number)


def cohorts_to_prepare(user: "User | AnonymousUser") -> "QuerySet[Cohort]":
    """Cohorts about whose people `user` may prepare decisions, newest first."""
    return cohorts_staffed_by(user).filter(organisation__in=organisations_of(user, Role.BASE_MANAGER))


def candidates_page(cohort: "Cohort", number: int | str) -> tuple[Page, list[Candidate]]:
    """People of a cohort with neither certificate nor decision under way; on each page those who are ready first.

    Whoever joined after their certificate had lapsed earns the level anew, by what happened since.
    """
    of_person = {"person": OuterRef("person"), "level": cohort.level}
    lapsed_before = RenewalStep.objects.filter(
        certificate=OuterRef("pk"), kind=RenewalStepKind.LAPSED, at__lt=OuterRef(OuterRef("joined_at"))
    )
    live = Certificate.objects.filter(state__in=LIVE_STATES, **of_person)
    held = live.filter(~Exists(lapsed_before))
    under_way = Decision.objects.filter(certificate__isnull=True, **of_person).exclude(state=DecisionState.REFUSED)
    members = members_of(cohort).filter(~Exists(held), ~Exists(under_way), state__in=LIVE_MEMBERSHIPS)
    ended = live.order_by("-cycle").values("valid_until")[:1]
    page = Paginator(members.annotate(lapsed_on=Subquery(ended)), PER_PAGE).get_page(number)
    people = [membership.person for membership in page.object_list]
    level = level_of(cohort.scheme_version, cohort.level)
    found = standings(person_ids=[person.pk for person in people], level=level) | _anew(page.object_list, level)
    return page, sorted((Candidate(each, found[each.pk]) for each in people), key=lambda each: not each.standing.met)


def _anew(members: "Iterable[Any]", level: "Level") -> dict[int, Standing]:
    """Where those stand whose certificate lapsed, by what happened since (no query where there is nobody)."""
    since = {each.person_id: each.lapsed_on + timedelta(days=1) for each in members if each.lapsed_on}
    if not since:
        return {}
    on = asked_now().on
    return {
        person_id: standing_in(history, level, Asked(on=on, anew=since[person_id]))
        for person_id, history in histories_of(since).items()
    }
