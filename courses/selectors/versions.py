"""Later versions of a course: to whom they are offered, and what they would change, lesson by lesson."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import get_language

from courses.enums import LIVE_STATES, ItemState, LessonChangeKind
from courses.models import CourseVersion, Enrolment, ItemProgress, VersionAnswer, VersionRelease
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import organisations_of

from .outlines import Item, blocks_of, items_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from courses.models import Course
    from lms.accounts.models import User
    from lms.cohorts.models import Cohort

# What counts blocks, or says where a file lies and what a question rests on, is no word of the lesson.
NO_WORDS = frozenset({"number", "of", "rests_on", "size", "src", "url"})


@dataclass(frozen=True, slots=True)
class LessonChange:
    """One lesson in the two versions, and what becomes of the time that its reader has counted."""

    kind: LessonChangeKind
    title: str
    minutes_before: int | None
    minutes: int | None
    sections: tuple[str, ...]
    covered_s: int
    kept_s: int
    complete: bool

    @property
    def completes(self) -> bool:
        """Whether the counted time fills the new, shorter minutes."""
        return not self.complete and self.minutes is not None and 0 < self.kept_s == self.minutes * 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A later version as it is offered to one enrolment."""

    before: CourseVersion
    after: CourseVersion
    changes: tuple[LessonChange, ...]

    @property
    def unchanged(self) -> int:
        """Lessons that are the same in both."""
        return sum(change.kind == LessonChangeKind.SAME for change in self.changes)

    @property
    def changed(self) -> tuple[LessonChange, ...]:
        """Lessons that are new, changed or gone."""
        return tuple(change for change in self.changes if change.kind != LessonChangeKind.SAME)


def version_for(course: "Course", cohort: "Cohort | None") -> CourseVersion | None:
    """What somebody who enrols now reads: in a cohort what the cohort reads, alone the course's present version.

    A cohort reads what its manager released to it last, else what the first of it began with, so that a class
    stays together whenever its people enrol.
    """
    if cohort is None:
        return course.current_version
    versions = CourseVersion.objects.filter(course=course).defer("body")
    released = versions.filter(releases__cohort=cohort).order_by("-releases__pk").first()
    begun = released or versions.filter(enrolments__cohort=cohort).order_by("enrolments__pk").first()
    return begun or course.current_version


def is_behind(enrolment: Enrolment) -> bool:
    """Whether the course has gone on since; asks nothing where enrolment and course are at hand."""
    current = enrolment.course.current_version_id
    return enrolment.state in LIVE_STATES and current is not None and current != enrolment.course_version_id


def is_offered(enrolment: Enrolment) -> bool:
    """Whether a later version waits for this person's answer.

    Who studies in a cohort is asked only after a manager has released the version to the cohort, so that a class
    stays together; who studies alone is asked at once. What was answered is not asked again.
    """
    if not is_behind(enrolment):
        return False
    version = enrolment.course.current_version_id
    releases = VersionRelease.objects.filter(cohort=enrolment.cohort_id, version=version)
    if enrolment.cohort_id is not None and not releases.exists():
        return False
    answers = VersionAnswer.objects.filter(enrolment=enrolment, from_version=enrolment.course_version_id)
    return not answers.filter(to_version=version).exists()


def offer_of(enrolment: Enrolment) -> Offer | None:
    """What the later version would change for this person, or None where none is offered."""
    if not is_offered(enrolment):
        return None
    after = enrolment.course.current_version_id
    versions = CourseVersion.objects.in_bulk([enrolment.course_version_id, after])
    before = versions[enrolment.course_version_id]
    rows = {row.item_uid: row for row in ItemProgress.objects.filter(enrolment=enrolment)}
    return Offer(before, versions[after], tuple(_changes(before, versions[after], rows)))


def _changes(before: CourseVersion, after: CourseVersion, rows: dict[str, ItemProgress]) -> list[LessonChange]:
    old = {item.uid: item for item in items_of(before)}
    new = {item.uid: item for item in items_of(after)}
    going_on = [_compared(before, after, old.get(item.uid), item, rows.get(item.uid)) for item in new.values()]
    gone = [_compared(before, after, item, None, rows.get(item.uid)) for item in old.values() if item.uid not in new]
    return [*going_on, *gone]


def _compared(
    before: CourseVersion, after: CourseVersion, old: Item | None, new: Item | None, row: ItemProgress | None
) -> LessonChange:
    item = new or old
    if item is None:
        raise LookupError
    complete = row is not None and row.state == ItemState.COMPLETE
    covered_s = row.covered_s if row else 0
    changed = _changed_sections(before, after, item.uid) if old and new else ()
    here = _headings_here(old, new)
    sections = tuple(here.get(heading, heading) for heading in changed)
    return LessonChange(
        kind=_kind(old, new, sections),
        title=item.title,
        minutes_before=old.minutes if old else None,
        minutes=new.minutes if new else None,
        sections=sections,
        covered_s=covered_s,
        kept_s=covered_s if complete or new is None else min(covered_s, new.declared_s),
        complete=complete,
    )


def _kind(old: Item | None, new: Item | None, sections: tuple[str, ...]) -> LessonChangeKind:
    if old is None:
        return LessonChangeKind.NEW
    if new is None:
        return LessonChangeKind.GONE
    same = (old.minutes, old.title_zh) == (new.minutes, new.title_zh) and not sections
    return LessonChangeKind.SAME if same else LessonChangeKind.CHANGED


def _changed_sections(before: CourseVersion, after: CourseVersion, item_uid: str) -> tuple[str, ...]:
    """Headings of the sections whose words are new or other than before; the opening has an empty heading."""
    old, new = (_by_section(blocks_of(version, item_uid)) for version in (before, after))
    changed = [heading for heading, words in new.items() if old.get(heading) != words]
    return tuple(changed + [heading for heading in old if heading not in new])


def _headings_here(*items: Item | None) -> dict[str, str]:
    """The headings of these items in the language now active, by their Chinese."""
    return {zh: here for item in items if item for zh, here in zip(item.sections, item.sections_here, strict=False)}


def _by_section(blocks: list[dict[str, Any]]) -> dict[str, list[Any]]:
    sections: dict[str, list[Any]] = {}
    heading = ""
    for block in blocks:
        if block["type"] == "section":
            heading = block["title"]
        sections.setdefault(heading, []).append(_words(block))
    return sections


def _words(part: Any) -> Any:
    """A frozen block without what is no word of the lesson, so that versions of either schema compare."""
    match part:
        case dict():
            return {name: _words(value) for name, value in part.items() if name not in NO_WORDS}
        case list():
            return [_words(value) for value in part]
        case str():
            return "".join(strip_tags(part).split())
    return part


def cohorts_behind(user: "User | AnonymousUser") -> "QuerySet[Enrolment, Any]":
    """Cohorts that `user` manages in which people study an earlier version of a course, and how many they are."""
    rows = Enrolment.objects.live().filter(cohort__isnull=False, course__current_version__isnull=False)
    if not user.is_superuser:
        rows = rows.filter(organisation__in=organisations_of(user, Role.BASE_MANAGER))
    return (
        rows.exclude(course_version=F("course__current_version"))
        .values("cohort", "cohort__code", "cohort__title", "cohort__title_en", "course__current_version")
        .annotate(people=Count("pk"))
        .order_by("cohort__code", "course__code")
    )


@dataclass(frozen=True, slots=True)
class CohortBehind:
    """A cohort, the later version of a course, and whether its trainees may choose it."""

    cohort_id: int
    title: str
    title_en: str
    code: str
    version: CourseVersion
    people: int
    released: VersionRelease | None

    @property
    def title_here(self) -> str:
        """The cohort's title in the language now active."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def course(self) -> str:
        """The course's title in the language now active."""
        return self.version.title_en if get_language() == "en" and self.version.title_en else self.version.title


def releases_to_decide(user: "User | AnonymousUser") -> list[CohortBehind]:
    """Every later version that concerns the cohorts of a manager, the undecided first (three queries)."""
    rows = list(cohorts_behind(user))
    versions = CourseVersion.objects.defer("body", "outline").select_related("course")
    found = versions.in_bulk([row["course__current_version"] for row in rows])
    given = {
        (release.cohort_id, release.version_id): release
        for release in VersionRelease.objects.filter(version__in=found, cohort__in={row["cohort"] for row in rows})
    }
    listed = [
        CohortBehind(
            cohort_id=row["cohort"],
            title=row["cohort__title"],
            title_en=row["cohort__title_en"],
            code=row["cohort__code"],
            version=found[row["course__current_version"]],
            people=row["people"],
            released=given.get((row["cohort"], row["course__current_version"])),
        )
        for row in rows
    ]
    return sorted(listed, key=lambda row: row.released is not None)
