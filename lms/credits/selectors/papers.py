"""What is printed about a person's credits: the lines and claims behind a paper, papers made, and checking one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from lms.cohorts.selectors.organisations import organisations_training
from lms.credits.enums import Book, ClaimState, CreditKind, ShareState
from lms.credits.models import ClaimEvidence, ClaimShare, Confirmation, CreditLine, CreditPaper
from lms.records.selectors.seals import newest_leaf

from .lines import with_words
from .rules import NoSuchRules, table_by_code

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import Rule
    from lms.records.models import Seal

SHORTEST_HASH, CODE = 64, 32


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody may know of a paper: that it was issued, when, and which head of the ledger it rests on."""

    paper: CreditPaper
    # The line that the paper ends with, found in the ledger as it stands today.
    stands: bool
    seq: int
    # A seal that covers that line.
    seal: "Seal | None"


@lru_cache(maxsize=512)
def _rule(version: str, code: str) -> "Rule | None":
    try:
        return table_by_code(version).rule(code)
    except (LookupError, NoSuchRules):
        return None


def rule_name(version: str, code: str) -> str:
    """The title of a rule in the version a line was rated by, in the language now active; its code if it is unknown."""
    rule = _rule(version, code)
    if rule is None:
        return code
    return rule.title_en if get_language() == "en" else rule.title


def lines_for_paper(person_id: int, year: int | None) -> list[CreditLine]:
    """A person's credit lines in the order of the chain, all or those of a year, with their words (two queries)."""
    lines = CreditLine.objects.of(person_id).select_related("organisation", "reversal_of", "reversed_by")
    found = list(lines.filter(year=year) if year else lines)
    with_words(found)
    return found


def achievements_of(person_id: int) -> list[ClaimShare]:
    """The confirmed work of a person, by stage and day, with who confirmed it and what proves it (four queries)."""
    shares = (
        ClaimShare.objects.filter(person=person_id, state=ShareState.AGREED, claim__state=ClaimState.CONFIRMED)
        .exclude(claim__kind=CreditKind.VIOLATION)
        .select_related("claim__organisation", "claim__rules")
        .prefetch_related(
            "claim__shares",
            Prefetch("claim__confirmations", queryset=Confirmation.objects.order_by("pk")),
            Prefetch("claim__evidence", queryset=ClaimEvidence.objects.order_by("pk")),
        )
    )
    order = {kind.value: number for number, kind in enumerate(CreditKind)}
    return sorted(shares, key=lambda share: (order[share.claim.kind], share.claim.occurred_on, share.claim.pk))


def given_by_claim(person_id: int, claims: Iterable[UUID]) -> dict[str, tuple[Decimal, str]]:
    """What each claim gave this person, what was taken back again taken off, and how it is vouched for (one query)."""
    wanted = {f"credits.claim:{uid}" for uid in claims}
    given: dict[str, tuple[Decimal, str]] = {}
    rows = CreditLine.objects.filter(person=person_id, evidence__in=wanted).order_by("seq")
    for evidence, points, verification in rows.values_list("evidence", "points", "verification"):
        given[evidence] = (given.get(evidence, (Decimal("0.00"), ""))[0] + points, verification)
    return given


def home_of(person_id: int) -> "Organisation | None":
    """The organisation that stands on a person's papers: of their newest line, else where they study (≤ 2 queries)."""
    newest = CreditLine.objects.filter(person=person_id).select_related("organisation").order_by("-seq").first()
    if newest:
        return newest.organisation
    return organisations_training(person_id, also=CreditLine.objects.none().values("organisation")).first()


def papers_of(user: "User | AnonymousUser") -> "QuerySet[CreditPaper]":
    """One's own papers, the newest first."""
    return CreditPaper.objects.filter(person__user_id=user.pk or 0).select_related("file").order_by("-pk")


def paper_visible_to(user: "User | AnonymousUser", uid: UUID) -> CreditPaper | None:
    """A paper that `user` may open, with its file (one query)."""
    return CreditPaper.objects.visible_to(user).filter(uid=uid).select_related("file").first()


def years_of(person_id: int) -> Sequence[int]:
    """The years in which a person has credit lines, the newest first (one query)."""
    years = CreditLine.objects.filter(person=person_id).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def read_code(text: str) -> str:
    """The code or hash in what was typed: figures and letters a to f; nothing if it is neither."""
    plain = "".join(text.split()).replace("-", "").lower()
    known = len(plain) in (CODE, SHORTEST_HASH) and all(sign in "0123456789abcdef" for sign in plain)
    return plain if known else ""


def check(code: str) -> Checked | None:
    """The paper of this code, or of this SHA-256 of its file (three queries)."""
    if not code:
        return None
    by = {"uid": UUID(hex=code)} if len(code) == CODE else {"sha256": code}
    paper = CreditPaper.objects.filter(**by).select_related("person").order_by("-pk").first()
    if paper is None:
        return None
    line = CreditLine.objects.filter(person=paper.person_id, hash=paper.head).first() if paper.head else None
    leaf = newest_leaf(Book.CREDITS, str(paper.person.uid))
    sealed = leaf.seal if leaf and line and leaf.seq >= line.seq else None
    return Checked(paper, bool(line) or not paper.head, line.seq if line else 0, sealed)
