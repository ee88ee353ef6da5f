"""People who have everything that their level asks for and about whom nobody has prepared a decision."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from certificates.enums import LIVE_STATES, DecisionState
from certificates.models import Certificate, Decision
from lms.cohorts.selectors.scopes import memberships_in
from lms.schemes.selectors.facts import all_levels, facts_of_kind, histories_of, kinds_needed, standing_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lms.cohorts.models import Membership, Organisation
    from lms.cohorts.models.cohort import MembershipQuerySet
    from lms.schemes.models import Level

# People looked at closely; when more might be ready, the page says that there are more than it counts.
LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Ready:
    """The first of them, how many there are, and whether there may be more than were looked at."""

    first: tuple["Membership", ...]
    count: int
    more: bool


NOBODY = Ready((), 0, more=False)


def ready_for_decision(organisations: "QuerySet[Organisation]", most: int = 5) -> Ready:
    """Who in these organisations waits for a decision to be prepared (three queries at most)."""
    levels = list(all_levels().filter(version__cohorts__organisation__in=organisations).distinct())
    if not levels:
        return NOBODY
    rows = list(_possible(organisations, levels)[: LOOKED_AT + 1])
    looked_at = rows[:LOOKED_AT]
    by_pair = {(level.version_id, level.code): level for level in levels}
    histories = histories_of({row.person_id for row in looked_at}) if looked_at else {}
    ready = [
        row
        for row in looked_at
        if standing_in(histories[row.person_id], by_pair[row.cohort.scheme_version_id, row.cohort.level]).met
    ]
    return Ready(tuple(ready[:most]), len(ready), len(rows) > LOOKED_AT)


def _possible(organisations: "QuerySet[Organisation]", levels: "list[Level]") -> "MembershipQuerySet":
    """Places of people who have something of every kind that their level needs, the longest waiting first."""
    of_person = {"person": OuterRef("person"), "level": OuterRef("cohort__level")}
    held = Certificate.objects.filter(state__in=LIVE_STATES, **of_person)
    under_way = Decision.objects.filter(certificate__isnull=True, **of_person).exclude(state=DecisionState.REFUSED)
    return (
        memberships_in(organisations)
        .filter(reduce(or_, (_of_level(level) for level in levels)))
        .filter(~Exists(held), ~Exists(under_way))
        .select_related("person", "cohort__organisation")
        .order_by("joined_at", "pk")
    )


def _of_level(level: "Level") -> Q:
    rule = Q(cohort__scheme_version=level.version_id, cohort__level=level.code)
    for kind in sorted(kinds_needed(level)):
        rule &= Q(Exists(facts_of_kind(kind).filter(person=OuterRef("person"))))
    return rule
