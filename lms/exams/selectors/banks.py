"""Banks and what each holds, counted for those who keep them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.enums import BANK_ROLES, IN_PREPARATION, QuestionKind, VersionState
from lms.exams.models import QuestionBank, QuestionVersion
from lms.exams.selectors.laws import outdated
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation


@dataclass(slots=True)
class BankLine:
    """One bank: how many questions are asked, by level and kind, and what waits in it."""

    bank: QuestionBank
    states: Counter[str] = field(default_factory=Counter)
    by_level: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)
    behind: int = 0

    @property
    def published(self) -> int:
        return self.states[VersionState.PUBLISHED]

    @property
    def drafts(self) -> int:
        return self.states[VersionState.DRAFT]

    @property
    def reviewed(self) -> int:
        return self.states[VersionState.REVIEWED]

    @property
    def retired(self) -> int:
        """Questions that are out of use, not older versions of questions that are asked."""
        return self.states[VersionState.RETIRED]

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Published questions of each level that has any, the lowest level first; those without a level last."""
        order = [*LevelCode, ""]
        return [(level, self.by_level[level]) for level in order if self.by_level[level]]

    @property
    def kinds(self) -> list[tuple[QuestionKind, int]]:
        """Published questions of each kind that there is."""
        return [(kind, self.by_kind[kind]) for kind in QuestionKind if self.by_kind[kind]]


def banks_visible_to(user: "User | AnonymousUser") -> QuerySet[QuestionBank]:
    """The banks that `user` keeps, by base, the oldest first."""
    found = QuestionBank.objects.visible_to(user).select_related("organisation")
    return found.order_by("organisation__name", "created_at", "pk")


def organisations_with_banks(user: "User") -> "QuerySet[Organisation]":
    """Where `user` may begin a bank."""
    found = organisations_of(user, *BANK_ROLES)
    return (found.model.objects.all() if user.is_superuser else found).order_by("name")


def standing_versions() -> QuerySet[QuestionVersion]:
    """Every version that is asked or prepared, and of a question out of use its last one."""
    newer = QuestionVersion.objects.filter(question=OuterRef("question"), no__gt=OuterRef("no"))
    live = QuestionVersion.objects.filter(state__in=(*IN_PREPARATION, VersionState.PUBLISHED))
    return live | QuestionVersion.objects.filter(~Exists(newer), state=VersionState.RETIRED)


def lines_of(banks: Sequence[QuestionBank], now: datetime) -> list[BankLine]:
    """What these banks hold; two queries however many they are."""
    lines = {bank.pk: BankLine(bank) for bank in banks}
    versions = standing_versions().filter(question__bank__in=lines)
    grouped = versions.values_list("question__bank", "state", "level", "question__kind").order_by()
    for bank, state, level, kind, count in grouped.annotate(count=Count("pk")):
        line = lines[bank]
        line.states[state] += count
        if state == VersionState.PUBLISHED:
            line.by_level[level] += count
            line.by_kind[kind] += count
    behind = versions.filter(outdated(now), state=VersionState.PUBLISHED)
    for bank, count in behind.values_list("question__bank").order_by().annotate(count=Count("pk")):
        lines[bank].behind = count
    return list(lines.values())
