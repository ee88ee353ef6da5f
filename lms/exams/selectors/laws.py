"""Legal texts, their wordings, and which questions rest on a wording that is no longer the newest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet

from lms.exams.enums import VersionState
from lms.exams.models import Law, LawWording, LegalBasis, QuestionVersion
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


@dataclass(frozen=True, slots=True)
class BankBehind:
    """A bank with published questions that rest on an older wording of a legal text, and how many."""

    bank_id: int
    title: str
    title_en: str
    questions: int


@dataclass(frozen=True, slots=True)
class LawLine:
    """A legal text with its wordings, the newest first, and the banks that have to read questions again."""

    law: Law
    wordings: Sequence[LawWording]
    in_force: LawWording | None
    behind: Sequence[BankBehind]


def today_in_beijing(now: datetime) -> date:
    """The day by which a wording is in force or is not yet."""
    return now.astimezone(BEIJING).date()


def newest_days(now: datetime, codes: Collection[str] | None = None) -> dict[str, date]:
    """Since when the wording now in force of each legal text is in force, by code (one query)."""
    found = LawWording.objects.filter(in_force_from__lte=today_in_beijing(now)).order_by("in_force_from")
    if codes is not None:
        found = found.filter(law__code__in=set(codes))
    return dict(found.values_list("law__code", "in_force_from"))


def older_bases(now: datetime) -> QuerySet[LegalBasis]:
    """Legal bases in a wording that a newer one, in force by now, has replaced."""
    newer = LawWording.objects.filter(
        law=OuterRef("law"), in_force_from__gt=OuterRef("as_of"), in_force_from__lte=today_in_beijing(now)
    )
    return LegalBasis.objects.filter(Exists(newer))


def outdated(now: datetime) -> Exists:
    """Whether a question version rests on an older wording, to stand inside a query of versions."""
    return Exists(older_bases(now).filter(version=OuterRef("pk")))


def every_law() -> QuerySet[Law]:
    """All legal texts, by title."""
    return Law.objects.order_by("title")


def law_lines(user: "User | AnonymousUser", now: datetime) -> list[LawLine]:
    """Every legal text with its wordings and what they ask of the banks that `user` keeps (three queries)."""
    wordings = Prefetch("wordings", LawWording.objects.order_by("-in_force_from"))
    behind = _behind(user, now)
    today = today_in_beijing(now)
    return [
        LawLine(
            law=law,
            wordings=list(law.wordings.all()),
            in_force=next((each for each in law.wordings.all() if each.in_force_from <= today), None),
            behind=behind.get(law.pk, []),
        )
        for law in every_law().prefetch_related(wordings)
    ]


def _behind(user: "User | AnonymousUser", now: datetime) -> dict[int, list[BankBehind]]:
    asked = QuestionVersion.objects.visible_to(user).filter(state=VersionState.PUBLISHED)
    rows = (
        older_bases(now)
        .filter(version__in=asked)
        .values("law_id", bank_id=F("version__question__bank"), bank_title=F("version__question__bank__title"))
        .annotate(bank_en=F("version__question__bank__title_en"), questions=Count("version", distinct=True))
        .order_by("bank_title", "bank_id")
    )
    told: dict[int, list[BankBehind]] = {}
    for row in rows:
        line = BankBehind(row["bank_id"], row["bank_title"], row["bank_en"], row["questions"])
        told.setdefault(row["law_id"], []).append(line)
    return told
