from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.exams.models import Exam, QuestionVersion
from lms.exams.selectors.papers import printed
from lms.exams.services.blueprints import LineNotRight, NoLines
from lms.exams.services.drawing import NotEnoughQuestions
from lms.exams.services.opening import open_exam
from lms.exams.services.planning import (
    BankOfAnotherBase,
    ExamCodeTaken,
    ExamInUse,
    ExamNotRight,
    ExposureTooTight,
    NoExamAtLevel,
    NotYourExam,
    change_exam,
    draw_for_trial,
    plan_exam,
    set_blueprint,
)
from lms.exams.services.weighing import supply_of, weigh
from lms.schemes.services.loading import load_scheme
from tests.conftest import NOON
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.exams import TWELVE, ExamFactory, make_bank, make_seat
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SETTINGS = {
    "title": "初级机考 2027 春",
    "opens_at": NOON + timedelta(days=30),
    "closes_at": NOON + timedelta(days=30, hours=3),
    "minutes": 90,
    "mode": "invigilated-on-site",
}


@pytest.fixture
def base():
    return OrganisationFactory()


@pytest.fixture
def manager(base):
    return RoleGrantFactory(organisation=base, user=PersonFactory().user).user


@pytest.fixture
def planned(base, manager, now: datetime) -> Exam:
    return plan_exam(
        code="spring",
        bank=make_bank(base),
        scheme_version=load_scheme("ttm-2026-2", now=now),
        level="junior",
        planned_by=manager,
        now=now,
        **SETTINGS,
    )


def test_a_planned_exam_takes_its_pass_mark_from_the_scheme(planned: Exam, manager) -> None:
    assert (planned.pass_percent, planned.organisation, planned.blueprint["lines"]) == (
        60,
        planned.bank.organisation,
        [],
    )
    (event,) = events("exams.exam-planned")
    assert (event.actor, event.subject) == (f"user:{manager.pk}", f"exams.exam:{planned.pk}")


@pytest.mark.parametrize("code", ["spring", "new"])
def test_a_code_is_used_once_and_some_words_never(planned: Exam, manager, code: str, now: datetime) -> None:
    given = {"bank": planned.bank, "scheme_version": planned.scheme_version, "level": "junior"}
    with pytest.raises(ExamCodeTaken):
        plan_exam(code=code, planned_by=manager, now=now, **given, **SETTINGS)


def test_only_a_manager_of_the_base_plans_its_exams(planned: Exam, now: datetime) -> None:
    stranger = RoleGrantFactory(user=PersonFactory().user).user
    given = {"bank": planned.bank, "scheme_version": planned.scheme_version, "level": "junior"}
    with pytest.raises(NotYourExam):
        plan_exam(code="other", planned_by=stranger, now=now, **given, **SETTINGS)
    with pytest.raises(NotYourExam):
        change_exam(exam=planned, changed_by=stranger, now=now, minutes=30)
    with pytest.raises(NotYourExam):
        set_blueprint(exam=planned, lines=TWELVE, changed_by=stranger, now=now)


def test_a_level_without_an_exam_cannot_be_examined(base, manager, now: datetime) -> None:
    exam = ExamFactory(organisation=base)
    with pytest.raises(NoExamAtLevel):
        plan_exam(
            code="none",
            bank=exam.bank,
            scheme_version=exam.scheme_version,
            level="junior",
            planned_by=manager,
            now=now,
            **SETTINGS,
        )


def test_settings_change_until_the_first_paper_is_drawn(planned: Exam, manager, now: datetime) -> None:
    set_blueprint(exam=planned, lines=TWELVE, changed_by=manager, now=now)
    change_exam(exam=planned, changed_by=manager, now=now, minutes=45, appeal_days=10)
    planned.refresh_from_db()
    assert (planned.minutes, planned.appeal_days) == (45, 10)
    assert events("exams.exam-changed")[0].detail == {"changed": ["minutes", "appeal_days"]}
    make_seat(planned, exception="测试")
    with pytest.raises(ExamInUse):
        change_exam(exam=planned, changed_by=manager, now=now, minutes=60)
    with pytest.raises(ExamInUse):
        set_blueprint(exam=planned, lines=TWELVE[:1], changed_by=manager, now=now)
    planned.refresh_from_db()
    assert (planned.minutes, len(planned.blueprint["lines"])) == (45, 4)


def test_an_exam_that_its_own_rules_do_not_allow_is_refused_in_words(planned: Exam, manager, now: datetime) -> None:
    with pytest.raises(ExamNotRight):
        change_exam(exam=planned, changed_by=manager, now=now, keys_from=planned.closes_at - timedelta(hours=1))
    planned.refresh_from_db()
    assert planned.keys_from is None


def test_what_the_bank_cannot_fill_is_not_saved(planned: Exam, manager, now: datetime) -> None:
    with pytest.raises(NotEnoughQuestions):
        set_blueprint(exam=planned, lines=[{"kind": "numeric", "count": 3, "points": 1}], changed_by=manager, now=now)
    planned.refresh_from_db()
    assert planned.blueprint["lines"] == []


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "riddle", "count": 1, "points": 1},
        {"kind": "single", "count": 0, "points": 1},
        {"kind": "single", "count": 201, "points": 1},
        {"kind": "single", "count": 1, "points": 0},
        {"kind": "single", "count": 1, "points": "NaN"},
        {"kind": "single", "count": "many", "points": 1},
        {"kind": "single", "points": 1},
        {"kind": "single", "count": 1, "points": 1, "difficulty": "impossible"},
    ],
)
def test_a_line_that_means_nothing_is_named(planned: Exam, manager, line: dict[str, Any], now: datetime) -> None:
    with pytest.raises(LineNotRight, match="2"):
        set_blueprint(exam=planned, lines=[TWELVE[0], line], changed_by=manager, now=now)


def test_a_bound_on_exposure_that_the_bank_cannot_hold_is_found_out_before_the_bell(
    planned: Exam, manager, now: datetime
) -> None:
    lines = [{"kind": "single", "count": 4, "points": 1}]
    set_blueprint(exam=planned, lines=lines, changed_by=manager, now=now)
    with pytest.raises(ExposureTooTight):
        change_exam(exam=planned, changed_by=manager, now=now, exposure_percent=50)
    change_exam(exam=planned, changed_by=manager, now=now, exposure_percent=75)


def test_the_bank_s_supply_is_told_line_by_line(planned: Exam, manager, now: datetime) -> None:
    lines = [
        {"kind": "single", "count": 6, "points": 1},
        {"kind": "single", "topic": "brokerage", "difficulty": "medium", "count": 1, "points": "2.5"},
    ]
    planned.blueprint = {"schema": 1, "lines": lines}
    assert [each.fits for each in supply_of(planned)] == [6, 1]


def test_a_paper_is_weighed_by_its_items() -> None:
    weight = weigh(make_seat().paper.items)
    assert (weight.questions, f"{weight.points}") == (12, "14")
    assert weight.minutes == 23  # six at 1.5, two at 2, two at 1, two at 4


def test_a_blueprint_without_a_line_asks_nothing(planned: Exam, manager, now: datetime) -> None:
    with pytest.raises(NoLines):
        set_blueprint(exam=planned, lines=[], changed_by=manager, now=now)


def test_a_trial_keeps_nothing(planned: Exam, manager, now: datetime) -> None:
    exam = set_blueprint(exam=planned, lines=TWELVE, changed_by=manager, now=now)
    first, second = draw_for_trial(exam, seed="1"), draw_for_trial(exam, seed="2")
    assert first != second
    assert not planned.papers.exists()


def test_an_exam_is_not_drawn_from_the_bank_of_another_base(now: datetime) -> None:
    exam = ExamFactory()
    with pytest.raises(BankOfAnotherBase):
        open_exam(
            code="borrowed",
            organisation=OrganisationFactory(),
            scheme_version=exam.scheme_version,
            bank=exam.bank,
            level="junior",
            pass_percent=60,
            lines=TWELVE,
            now=now,
            **SETTINGS,
        )


def test_a_bank_edited_after_the_draw_changes_no_paper(now: datetime) -> None:
    seat = make_seat()
    items, before = list(seat.paper.items), printed(seat.paper.items)
    old = QuestionVersion.objects.get(pk=items[0]["version"])
    old.state = "retired"
    old.save(update_fields=["state"])
    QuestionVersion.objects.create(
        question=old.question,
        no=old.no + 1,
        topic=old.topic,
        difficulty=old.difficulty,
        body={**old.body, "stem": "改过的题面"},
        content_hash="f" * 64,
        state="published",
        created_at=BEGINNING,
        published_at=BEGINNING,
    )
    seat.paper.refresh_from_db()
    assert seat.paper.items == items
    assert printed(seat.paper.items) == before
    assert make_seat(seat.exam, seat.person).paper == seat.paper
