"""One question before those who keep its bank: its versions, what happened to them, and where they were asked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lms.accounts.selectors.people import all_people
from lms.exams.enums import IN_PREPARATION, VersionState
from lms.exams.models import (
    CaseSet,
    CaseVersion,
    ItemStatistics,
    LegalBasis,
    Question,
    QuestionBank,
    QuestionUse,
    QuestionVersion,
    VersionEvent,
)
from lms.exams.selectors.laws import newest_days

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

USER = "user:"


@dataclass(frozen=True, slots=True)
class BasisLine:
    """An article that a version rests on; `newer` is the day of a wording that has replaced its own."""

    basis: LegalBasis
    newer: Any


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """Everything there is about one question, without its key."""

    question: Question
    versions: Sequence[QuestionVersion]
    events: Sequence[VersionEvent]
    uses: Sequence[QuestionUse]
    statistics: Sequence[ItemStatistics]

    def version(self, no: str) -> QuestionVersion:
        """The version of this number, or the one that matters most: prepared, then asked, then the last."""
        states = (*IN_PREPARATION, VersionState.PUBLISHED)
        numbered = next((each for each in self.versions if str(each.no) == no), None)
        return numbered or next((each for each in self.versions if each.state in states), self.versions[0])

    @property
    def prepared(self) -> QuestionVersion | None:
        """The version in preparation, if there is one."""
        return next((each for each in self.versions if each.state in IN_PREPARATION), None)

    @property
    def published(self) -> QuestionVersion | None:
        """The version that is asked now, if there is one."""
        return next((each for each in self.versions if each.state == VersionState.PUBLISHED), None)

    def before(self, version: QuestionVersion) -> QuestionVersion | None:
        """The version that came before this one."""
        return next((each for each in self.versions if each.no < version.no), None)

    def events_of(self, version: QuestionVersion) -> list[VersionEvent]:
        """What happened to one version, the first thing first."""
        return [event for event in self.events if event.version_id == version.pk]


def question_visible_to(user: "User | AnonymousUser", uid: UUID) -> Question | None:
    """A question of a bank that `user` keeps."""
    found = Question.objects.filter(bank__in=QuestionBank.objects.visible_to(user), uid=uid)
    return found.select_related("bank__organisation", "case_set").first()


def file_of(question: Question) -> QuestionFile:
    """All versions of a question and what is known of them; four queries."""
    mine = {"version__question": question}
    statistics = ItemStatistics.objects.filter(**mine).select_related("of_exam__exam", "version")
    return QuestionFile(
        question=question,
        versions=list(question.versions.order_by("-no")),
        events=list(VersionEvent.objects.filter(**mine).order_by("at", "pk")),
        uses=list(
            QuestionUse.objects.filter(**mine, papers__gt=0)
            .select_related("exam", "version")
            .order_by("-exam__opens_at", "pk")
        ),
        statistics=_newest_each(statistics.order_by("-of_exam__computed_at", "-pk")),
    )


def _newest_each(rows: Iterable[ItemStatistics]) -> list[ItemStatistics]:
    """Of each exam and version the figures that were computed last."""
    seen: dict[tuple[int, int], ItemStatistics] = {}
    for row in rows:
        seen.setdefault((row.of_exam.exam_id, row.version_id), row)
    return list(seen.values())


def bases_of(version: QuestionVersion, now: datetime) -> list[BasisLine]:
    """What a version rests on, with the day of the newer wording where there is one (two queries)."""
    rows = list(version.legal_bases.select_related("law").order_by("pk"))
    days = newest_days(now, codes=[row.law.code for row in rows]) if rows else {}
    newer = {row.pk: days.get(row.law.code) for row in rows}
    return [BasisLine(row, day if (day := newer[row.pk]) and day > row.as_of else None) for row in rows]


def case_visible_to(user: "User | AnonymousUser", uid: UUID) -> CaseSet | None:
    """A case of a bank that `user` keeps."""
    found = CaseSet.objects.filter(bank__in=QuestionBank.objects.visible_to(user), uid=uid)
    return found.select_related("bank__organisation").first()


def case_wording(case_set: CaseSet) -> CaseVersion | None:
    """The text of a case as it is drawn from now on."""
    return case_set.versions.order_by("-no").first()


def case_titles(case_set_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The newest text of each of these cases (one query)."""
    found = CaseVersion.objects.filter(case_set__in=set(case_set_ids)).order_by("no")
    return dict(found.values_list("case_set", "body"))


def case_questions(case_set: CaseSet) -> list[QuestionVersion]:
    """The questions of a case in their places, each in the version that matters most (one query)."""
    rows = QuestionVersion.objects.filter(question__case_set=case_set).select_related("question")
    chosen: dict[int, QuestionVersion] = {}
    for row in rows.order_by("question__case_place", "-no"):
        held = chosen.get(row.question_id)
        if held is None or (held.state == VersionState.RETIRED and row.state == VersionState.PUBLISHED):
            chosen[row.question_id] = row
    return list(chosen.values())


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The names of people who acted (`user:12`), their mail address where no name is known (one query)."""
    ids = {int(actor.removeprefix(USER)) for actor in actors if actor.startswith(USER) and actor[5:].isdecimal()}
    if not ids:
        return {}
    people = all_people().filter(user__in=ids).values_list("user", "real_name")
    return {f"{USER}{user}": name for user, name in people}
