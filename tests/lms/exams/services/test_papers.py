from datetime import datetime

import pytest

from lms.exams.models import Paper
from lms.exams.selectors.bank import current_versions
from lms.exams.services.drawing import NotEnoughQuestions, draw_items
from lms.exams.services.papers import build_paper
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import TWELVE, ExamFactory, make_bank, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]

# Drawn from the seed "2026" out of FCBA's bank; changes only when a wording does.
FIRST_TWO = [(1, "notice-of-agreed-price"), (2, "way-that-keeps-title")]


def test_one_seed_draws_one_paper(now: datetime) -> None:
    exam = ExamFactory()
    first = build_paper(exam=exam, seed="7", now=now)
    assert build_paper(exam=exam, seed="7", now=now) == first
    other = build_paper(exam=exam, seed="8", now=now)
    assert other.hash != first.hash
    assert {item["version"] for item in other.items} == {item["version"] for item in first.items}
    assert Paper.objects.count() == 2


def test_the_same_seed_gives_the_same_order_on_another_machine() -> None:
    """Guards against a draw that depends on the row numbers of one database."""
    versions = list(current_versions(make_bank(OrganisationFactory(code="FCBA")).pk))
    names = {version.pk: version.question.ref for version in versions}
    draw = {"blueprint": {"lines": TWELVE}, "seed": "2026"}
    items = draw_items(versions=versions, **draw)
    assert items == draw_items(versions=versions[::-1], **draw)
    assert [(item["slot"], names[item["version"]]) for item in items][:2] == FIRST_TWO


def test_a_paper_holds_each_question_once_in_the_blueprint_s_sections() -> None:
    items = make_seat().paper.items
    assert [item["slot"] for item in items] == list(range(1, 13))
    assert len({item["version"] for item in items}) == 12
    assert [item["kind"] for item in items] == ["single"] * 6 + ["multiple"] * 2 + ["true-false"] * 2 + ["numeric"] * 2
    assert all(item["options"] == ["true", "false"] for item in items if item["kind"] == "true-false")


def test_a_bank_that_is_too_small_is_said_so(now: datetime) -> None:
    exam = ExamFactory(blueprint={"lines": [{"kind": "numeric", "count": 3, "points": "1.00"}]})
    with pytest.raises(NotEnoughQuestions, match=r"3.*numeric.*2"):
        build_paper(exam=exam, seed="7", now=now)


def test_topic_and_difficulty_narrow_the_draw(now: datetime) -> None:
    line = {"kind": "single", "topic": "brokerage", "difficulty": "medium", "count": 1, "points": "1.00"}
    exam = ExamFactory(blueprint={"lines": [line]})
    (item,) = build_paper(exam=exam, seed="7", now=now).items
    drawn = {version.pk: version.question.ref for version in current_versions(exam.bank_id)}
    assert drawn[item["version"]] == "fee-after-bypass"
