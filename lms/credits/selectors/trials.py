"""Dry runs: which there are, what they saw, and what the next one has to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet, Sum

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import users_in_role
from lms.credits.engine.rerating import Piece
from lms.credits.engine.rules import Rule, RuleTable
from lms.credits.engine.windows import years_after
from lms.credits.enums import ClaimState
from lms.credits.models import Claim, ClaimShare, CreditLine, CreditRules, CreditTotal, RulesTrial, RulesTrialChange
from lms.credits.selectors.rules import published_rules

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

CLAIM = "credits.claim:"


@dataclass(frozen=True, slots=True)
class Span:
    """What a dry run looks at: a year back from the draft's first day, at the organisations that it would rate."""

    first: date
    last: date
    organisation_id: int | None
    others: frozenset[int]

    def organisations(self, name: str = "organisation") -> Q:
        """The condition on rows that name an organisation."""
        if self.organisation_id is not None:
            return Q(**{name: self.organisation_id})
        return ~Q(**{f"{name}__in": self.others})

    def holds(self, organisation_id: int, day: date) -> bool:
        """Whether work of this organisation and day is rated anew."""
        if not self.first <= day <= self.last:
            return False
        if self.organisation_id is not None:
            return organisation_id == self.organisation_id
        return organisation_id not in self.others


def span_of(rules: CreditRules) -> Span:
    """A year up to the day before the draft would begin; a scheme's draft leaves out organisations with own rules."""
    begin = rules.effective_from
    own = {each.organisation_id for each in published_rules() if each.effective_from <= begin}
    others = frozenset(number for number in own if number is not None)
    return Span(years_after(begin, -1), begin - timedelta(days=1), rules.organisation_id, others)


def people_in(span: Span) -> list[int]:
    """Everybody with work that the dry run rates anew, by number (two queries)."""
    days = Q(occurred_on__gte=span.first, occurred_on__lte=span.last)
    lines = CreditLine.objects.filter(days, span.organisations(), reversal_of__isnull=True, reversed_by__isnull=True)
    claims = Claim.objects.filter(days, span.organisations(), state=ClaimState.CONFIRMED)
    found = set(lines.values_list("person", flat=True)) | set(claims.values_list("shares__person", flat=True))
    return sorted(number for number in found if number is not None)


def pieces_of(people: Sequence[int], span: Span, table: RuleTable) -> dict[int, list[Piece]]:
    """The pieces of work of these people since the year began in which the span does, in their order (three queries).

    What the span leaves out counts towards caps as it stands. So does what nobody can rate again: lines that came
    neither from a claim nor from a rule of the platform.
    """
    since = date(span.first.year, 1, 1)
    lines = CreditLine.objects.filter(person__in=people, occurred_on__gte=since, reversal_of__isnull=True)
    claims = _confirmed(people, since)
    by_share = {
        f"{CLAIM}{claim.uid}:{share.uid}": (claim, n) for claim in claims for n, share in enumerate(_shares(claim))
    }
    dated: dict[int, list[tuple[datetime, int, Piece]]] = {number: [] for number in people}
    for line in lines.select_related("reversed_by").order_by("person", "seq"):
        part = by_share.pop(line.source, None)
        if getattr(line, "reversed_by", None):
            continue  # taken back: neither the line nor its claim counts any more
        piece = _of_line(line, part, span, table)
        dated[line.person_id].append((line.recorded_at, line.seq, piece))
    for source, (claim, mine) in by_share.items():
        share = _shares(claim)[mine]
        if share.person_id in dated and span.holds(claim.organisation_id, claim.occurred_on):
            piece = _of_claim(source, claim, mine, Decimal("0.00"), table)
            dated[share.person_id].append((claim.changed_at, 0, piece))
    return {number: [piece for _at, _seq, piece in sorted(found, key=_order)] for number, found in dated.items()}


def balances_of(people: Sequence[int]) -> dict[int, Decimal]:
    """What each of these people has in all (one query)."""
    sums = CreditTotal.objects.filter(person__in=people).values_list("person").annotate(sum=Sum("hundredths"))
    return {number: Decimal(hundredths).scaleb(-2) for number, hundredths in sums}


def finished_trial_of(rules: CreditRules) -> RulesTrial | None:
    """The newest dry run of the draft as it stands now that came to its end."""
    done = RulesTrial.objects.filter(rules=rules, revision=rules.revision, finished_at__isnull=False, error="")
    return done.first()


def trials_of(rules: CreditRules) -> QuerySet[RulesTrial]:
    """Every dry run of a version, the newest first."""
    return RulesTrial.objects.filter(rules=rules).select_related("asked_by__person")


def trial_for(user: "User | AnonymousUser", uid: Any) -> RulesTrial | None:
    """A dry run of a version that `user` may see (one query)."""
    seen = CreditRules.objects.visible_to(user)
    related = ("rules__organisation", "rules__based_on", "asked_by__person")
    return RulesTrial.objects.filter(rules__in=seen, uid=uid).select_related(*related).first()


def changes_of(trial: RulesTrial) -> QuerySet[RulesTrialChange]:
    """Whose balance would change, by name of the person's number: the order never shifts between pages."""
    return trial.changes.select_related("person").order_by("person_id")


def may_publish_alone(rules: CreditRules, *, at: datetime) -> bool:
    """Whether there is nobody else than its drafter who could publish it."""
    drafter = rules.drafted_by_id
    if rules.organisation is None:
        staff = get_user_model().objects.filter(is_superuser=True, is_active=True)
        return not staff.exclude(pk=drafter or 0).exists()
    managers = users_in_role(rules.organisation.pk, Role.BASE_MANAGER, at=at)
    return all(manager.pk == drafter for manager in managers)


def _order(entry: tuple[datetime, int, Piece]) -> tuple[datetime, int, str]:
    return entry[0], entry[1], entry[2].source


def _confirmed(people: Sequence[int], since: date) -> list[Claim]:
    mine = Claim.objects.filter(shares__person__in=people, state=ClaimState.CONFIRMED, occurred_on__gte=since)
    return list(mine.distinct().prefetch_related("shares").order_by("pk"))


def _shares(claim: Claim) -> list[ClaimShare]:
    """In the order in which they were posted: odd hundredths go to the first of equals."""
    return sorted(claim.shares.all(), key=lambda share: share.person_id)


def _of_line(line: CreditLine, part: tuple[Claim, int] | None, span: Span, table: RuleTable) -> Piece:
    if not span.holds(line.organisation_id, line.occurred_on):
        return Piece(line.source, line.rule, line.kind, line.year, line.points, fixed=True)
    if part is not None:
        return _of_claim(line.source, *part, line.points, table)
    rule = _rule(table, line.rule)
    fixed = rule is not None and (rule.by != "platform" or rule.points is None)
    return Piece(line.source, line.rule, line.kind, line.year, line.points, fixed=fixed)


def _of_claim(source: str, claim: Claim, mine: int, before: Decimal, table: RuleTable) -> Piece:
    rule = _rule(table, claim.rule)
    said = claim.fields.get(rule.measure_field) if rule and rule.measure_field else None
    return Piece(
        source,
        claim.rule,
        claim.kind,
        claim.occurred_on.year,
        before,
        measure=Decimal(said) if said else None,
        percents=tuple(share.percent for share in _shares(claim)),
        mine=mine,
    )


def _rule(table: RuleTable, code: str) -> Rule | None:
    return next((rule for rule in table.rules if rule.code == code), None)


def batches(numbers: Sequence[int], size: int = 200) -> Iterator[Sequence[int]]:
    """The numbers in portions."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
