from datetime import timedelta

import pytest

from courses.enums import EnrolmentState, ItemState, LessonChangeKind
from courses.models import Lesson, VersionAnswer, VersionRelease
from courses.selectors.versions import is_offered, offer_of, releases_to_decide
from courses.services.enrolling import enrol, move
from courses.services.publishing import freeze_version
from courses.services.rebuilding import check_progress
from courses.services.versions import (
    AnsweredOtherwise,
    NotALaterVersion,
    OfferChanged,
    answer_version,
    carried,
    release_version,
)
from lms.cohorts.enums import Role
from lms.credits.models import HourLine
from tests.courses.study import study_item
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import CohortFactory, RoleGrantFactory
from tests.factories.courses import LessonFactory, enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def studying():
    """One of two lessons complete, half of the other counted, two minutes each."""
    enrolment = enrolment_of(course=published_course(lessons=2, minutes=2))
    enrolment.items.create(
        item_uid="item-1",
        covered=[[0, 120]],
        covered_s=120,
        declared_s=120,
        state=ItemState.COMPLETE,
        last_at=BEGINNING,
        completed_at=BEGINNING,
    )
    enrolment.items.create(
        item_uid="item-2", covered=[[0, 30], [60, 90]], covered_s=60, declared_s=120, last_at=BEGINNING
    )
    progress = enrolment.progress
    progress.done, progress.covered_s, progress.percent = 1, 180, 75
    progress.save()
    return enrolment


def republish(enrolment, now, **minutes):
    """The course's next version, with these minutes; `gone` lessons are taken out."""
    for uid, declared in minutes.items():
        lessons = Lesson.objects.filter(course=enrolment.course, item_uid=uid.replace("_", "-"))
        lessons.update(live=False) if declared is None else lessons.update(minutes=declared)
    version = freeze_version(page=enrolment.course.page, now=now)
    enrolment.course.refresh_from_db()
    return version


def answer(enrolment, now, *, accepted=True, before=1, after=2):
    return answer_version(enrolment=enrolment, before=before, after=after, accepted=accepted, actor="user:1", now=now)


def standing(enrolment) -> dict:
    enrolment.refresh_from_db()
    rows = enrolment.items.order_by("item_uid")
    progress = type(enrolment.progress).objects.get(pk=enrolment.pk)
    return {
        "version": enrolment.course_version.no,
        "state": enrolment.state,
        "items": [(row.item_uid, row.covered_s, row.declared_s, row.state) for row in rows],
        "progress": (progress.done, progress.total, progress.covered_s, progress.declared_s, progress.percent),
    }


def test_publishing_and_unpublishing_changes_nothing_for_those_who_study(studying, now) -> None:
    before = standing(studying)
    republish(studying, now, item_1=5, item_2=None)
    assert standing(studying) == before


def test_what_changes_is_told_lesson_by_lesson(studying, now) -> None:
    LessonFactory(course=studying.course, item_uid="item-3", title="新课", minutes=4)
    lesson = Lesson.objects.get(course=studying.course, item_uid="item-1")
    lesson.body = [{"type": "section", "value": "一、开头"}, {"type": "text", "value": "<p>先听，再问。</p>"}]
    lesson.save()
    republish(studying, now, item_2=None)
    told = [(c.kind, c.minutes_before, c.minutes, c.sections, c.kept_s) for c in offer_of(studying).changes]
    assert told == [
        (LessonChangeKind.CHANGED, 2, 2, ("一、开头",), 120),
        (LessonChangeKind.NEW, None, 4, (), 0),
        (LessonChangeKind.GONE, 2, None, (), 60),
    ]


def test_markup_of_the_editors_screen_is_no_change(studying, now) -> None:
    lesson = Lesson.objects.get(course=studying.course, item_uid="item-1")
    lesson.body = [
        {"type": "section", "value": "一、开头"},
        {"type": "text", "value": '<p data-block-key="ab12c">先问，再写。</p>'},
    ]
    lesson.save()
    assert republish(studying, now) == studying.course_version


def test_spaces_between_paragraphs_are_no_change(studying, now) -> None:
    lesson = Lesson.objects.get(course=studying.course, item_uid="item-1")
    lesson.body = [{"type": "section", "value": "一、开头"}, {"type": "text", "value": "<p>先问，\n</p> <p>再写。</p>"}]
    lesson.save()
    republish(studying, now, item_2=3)
    assert [change.sections for change in offer_of(studying).changed] == [()]


def test_rebuilding_reads_what_an_accepted_update_made_of_begun_lessons(now) -> None:
    enrolment = enrolment_of(course=published_course(lessons=3, minutes=2))
    now = study_item(enrolment, "item-1", 120, now)
    now = study_item(enrolment, "item-2", 90, now)
    now = study_item(enrolment, "item-3", 30, now)
    republish(enrolment, now, item_1=5, item_2=1, item_3=None)
    answer(enrolment, now + timedelta(seconds=1))
    assert standing(enrolment)["items"] == [
        ("item-1", 120, 120, "complete"),
        ("item-2", 60, 60, "complete"),
        ("item-3", 30, 120, "started"),
    ]
    assert list(check_progress()) == []


def test_accepting_keeps_every_second_up_to_the_new_minutes(studying, now) -> None:
    republish(studying, now, item_1=5, item_2=3)
    answer(studying, now)
    assert standing(studying) == {
        "version": 2,
        "state": EnrolmentState.ACTIVE,
        "items": [("item-1", 120, 120, "complete"), ("item-2", 60, 180, "started")],
        "progress": (1, 2, 180, 300, 60),
    }


def test_shorter_minutes_that_are_filled_complete_the_lesson_and_the_course(studying, now) -> None:
    republish(studying, now, item_2=1)
    assert offer_of(studying).changed[0].completes
    answer(studying, now)
    assert standing(studying)["items"][1] == ("item-2", 60, 60, "complete")
    assert standing(studying)["state"] == EnrolmentState.COMPLETED
    assert HourLine.objects.get(person=studying.person_id).minutes == 1


def test_a_lesson_that_is_gone_keeps_its_record_and_leaves_the_counters(studying, now) -> None:
    republish(studying, now, item_2=None)
    answer(studying, now)
    told = standing(studying)
    assert told["items"][1] == ("item-2", 60, 120, "started")
    assert told["progress"] == (1, 1, 120, 120, 100)


def test_a_completed_course_is_not_reopened_by_a_new_lesson(studying, now) -> None:
    move(enrolment=studying, to=EnrolmentState.COMPLETED, actor="test", reason="", now=now)
    LessonFactory(course=studying.course, item_uid="item-3")
    republish(studying, now)
    answer(studying, now)
    told = standing(studying)
    assert (told["state"], told["version"]) == (EnrolmentState.COMPLETED, 2)


def test_keeping_is_an_answer_and_is_not_asked_again(studying, now) -> None:
    republish(studying, now, item_2=3)
    answer(studying, now, accepted=False)
    assert standing(studying)["version"] == 1
    assert not is_offered(studying)


def test_a_double_click_is_one_answer_and_two_tabs_cannot_contradict_each_other(studying, now) -> None:
    republish(studying, now, item_2=3)
    assert answer(studying, now) == answer(studying, now)
    assert VersionAnswer.objects.count() == 1
    with pytest.raises(AnsweredOtherwise):
        answer(studying, now, accepted=False)


def test_an_answer_to_what_is_no_longer_offered_is_refused(studying, now) -> None:
    republish(studying, now, item_2=3)
    republish(studying, now, item_2=4)
    with pytest.raises(OfferChanged):
        answer(studying, now, after=2)
    with pytest.raises(OfferChanged):
        answer(studying, now, after=9)
    assert standing(studying)["version"] == 1


def test_a_cohort_is_asked_only_after_its_manager_has_released_the_version(now) -> None:
    course = published_course(lessons=1)
    cohort = CohortFactory(organisation=course.organisation)
    enrolment = enrol(
        person=PersonFactory(), course=course, cohort=cohort, organisation=course.organisation, actor="t", now=now
    )
    version = republish(enrolment, now, item_1=3)
    enrolment.refresh_from_db()
    assert not is_offered(enrolment)
    with pytest.raises(OfferChanged):
        answer(enrolment, now)
    manager = RoleGrantFactory(organisation=course.organisation, role=Role.BASE_MANAGER).user
    assert [(row.cohort_id, row.people, row.released) for row in releases_to_decide(manager)] == [(cohort.pk, 1, None)]
    for _twice in range(2):
        release_version(cohort_id=cohort.pk, version=version, actor="user:1", now=now)
    assert VersionRelease.objects.count() == 1
    assert is_offered(enrolment)


def test_only_what_the_course_now_is_can_be_released(studying, now) -> None:
    earlier = studying.course_version
    republish(studying, now, item_2=3)
    with pytest.raises(NotALaterVersion):
        release_version(cohort_id=CohortFactory().pk, version=earlier, actor="user:1", now=now)


@pytest.mark.parametrize(
    ("covered", "declared_s", "kept"),
    [
        ([[0, 60]], 120, [[0, 60]]),
        ([[30, 60], [90, 120]], 120, [[30, 60], [90, 120]]),
        ([[30, 60], [90, 120]], 100, [[0, 60]]),
        ([[0, 120]], 60, [[0, 60]]),
        ([], 60, []),
    ],
)
def test_counted_seconds_stay_where_they_were_or_move_to_the_beginning(covered, declared_s, kept) -> None:
    assert carried(covered, declared_s) == kept


def test_whoever_joins_a_cohort_later_reads_what_the_cohort_reads(now) -> None:
    course = published_course(lessons=2, minutes=2)
    cohort = CohortFactory(organisation=course.organisation)

    def join(cohort):
        return enrol(
            person=PersonFactory(),
            course=course,
            cohort=cohort,
            organisation=course.organisation,
            actor="test",
            now=now,
        )

    first = join(cohort)
    later = republish(first, now, item_1=3)
    course.refresh_from_db()
    assert join(cohort).course_version == first.course_version != later
    assert join(None).course_version == later
    assert join(CohortFactory(organisation=course.organisation)).course_version == later
    release_version(cohort_id=cohort.pk, version=later, actor="test", now=now)
    assert join(cohort).course_version == later
