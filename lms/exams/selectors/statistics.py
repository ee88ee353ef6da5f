"""The statistics of an exam as its staff read them: figures, what they rest on, and questions to read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from lms.cohorts.selectors.roles import organisations_of
from lms.exams.engine.statistics import FEWEST_ITEMS, FEWEST_SHEETS, Method
from lms.exams.enums import BANK_ROLES
from lms.exams.models import Exam, ExamStatistics, ItemExclusion, ItemStatistics, QuestionVersion
from lms.exams.selectors.sheets import standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User

PER_PAGE = 20
Right = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ItemPoint:
    """One question among all of them: how easy, how well it tells people apart, and whether to read it again."""

    pk: int
    facility: float
    discrimination: float | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What stands of an exam, and how fresh and how firm it is."""

    exam: Exam
    newest: ExamStatistics
    points: Sequence[ItemPoint]
    excluded: Sequence[ItemExclusion]
    results_since: int

    @property
    def few_attempts(self) -> bool:
        """Too few papers for coefficients."""
        return self.newest.attempts < FEWEST_SHEETS

    @property
    def few_items(self) -> bool:
        """Too few questions for a reliability."""
        return self.newest.items < FEWEST_ITEMS

    @property
    def method(self) -> Method | None:
        """What the reliability is."""
        return Method(self.newest.reliability_method) if self.newest.reliability_method else None

    @property
    def flagged(self) -> int:
        """How many questions somebody should read again."""
        return sum(point.flagged for point in self.points)

    @property
    def failed(self) -> int:
        """Results that are no pass."""
        return self.newest.attempts - self.newest.passed


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option: its text, who took it, and whether it is right."""

    code: str
    text: str
    taken: int
    percent: Decimal
    mean_rest: Decimal | None
    right: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag, and the text of the option that it speaks of."""

    flag: str
    option: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question with its figures."""

    item: ItemStatistics
    version: QuestionVersion
    stem: str
    options: Sequence[OptionRow]
    remarks: Sequence[Remark]

    @property
    def discrimination(self) -> str:
        """With a sign as it is printed."""
        found = self.item.discrimination
        return "–" if found is None else str(found).replace("-", "−")


def exam_with_statistics(user: "User | AnonymousUser", code: str) -> Exam | None:
    """An exam of a base for which `user` writes questions or runs exams."""
    found = Exam.objects.visible_to(user).select_related("organisation")
    if not user.is_superuser:
        found = found.filter(organisation__in=organisations_of(user, *BANK_ROLES))
    return found.filter(code=code).first()


def newest_of_exam(exam: Exam) -> ExamStatistics | None:
    """The computation that is shown."""
    return exam.statistics.order_by("-computed_at", "-pk").first()


def statistics_of(exam: Exam) -> StatisticsView | None:
    """The statistics of an exam; four queries however many questions. None before the first computation."""
    newest = newest_of_exam(exam)
    if newest is None:
        return None
    rows = newest.items_of.order_by("version__question__ref", "pk")
    left_out = exam.exclusions.filter(at__lte=newest.computed_at).select_related("version__question")
    since = standing_of(exam.pk).order_by().filter(at__gt=newest.computed_at).aggregate(number=Count("pk"))
    return StatisticsView(
        exam=exam,
        newest=newest,
        points=[
            ItemPoint(pk, float(facility or 0), None if told is None else float(told), bool(flags))
            for pk, facility, told, flags in rows.values_list("pk", "facility", "discrimination", "flags")
        ],
        excluded=list(left_out.order_by("version__question__ref")),
        results_since=since["number"],
    )


def item_page(view: StatisticsView, *, flagged: bool, asked: str | None) -> Page[Any]:
    """One page of ids of questions: those to read again first, or those alone."""
    ids = [point.pk for point in sorted(view.points, key=lambda point: not point.flagged)]
    return Paginator(ids[: view.flagged] if flagged else ids, PER_PAGE).get_page(asked)


def items_on(page: Page[Any]) -> list[ItemStatistics]:
    """The questions of a page, with their wording (one query)."""
    found: QuerySet[ItemStatistics] = ItemStatistics.objects.select_related("version__question")
    rows = found.in_bulk(list(page))
    return [rows[pk] for pk in page]


def item_row(item: ItemStatistics, right: Right) -> ItemRow:
    """A question as it is read; `right` are the right options by version, for staff alone."""
    version = item.version
    options = [_option(item, entry, right) for entry in version.body.get("options", []) if item.distractors]
    texts = {option.code: option.text for option in options}
    remarks = [Remark(flag, texts.get(code, "")) for flag, _colon, code in (each.partition(":") for each in item.flags)]
    return ItemRow(item, version, _said(version.body, "stem"), options, remarks)


def _said(body: Mapping[str, Any], name: str) -> str:
    english = body.get(f"{name}_en", "") if get_language() == "en" else ""
    return str(english or body.get(name, ""))


def _option(item: ItemStatistics, entry: Mapping[str, Any], right: Right) -> OptionRow:
    told = item.distractors.get(entry["id"], {"n": 0})
    rest = told.get("mean_rest")
    return OptionRow(
        code=entry["id"],
        text=_said(entry, "text"),
        taken=told["n"],
        percent=(Decimal(told["n"]) * 100 / item.attempts).quantize(Decimal("0.1")),
        mean_rest=None if rest is None else Decimal(str(rest)),
        right=entry["id"] in right.get(item.version_id, frozenset()),
    )
