"""The shipped version and the shipped lessons say the same."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from lms.kernel.class_hours import to_class_hours
from lms.schemes.enums import FactKind
from lms.schemes.services.definition import LevelRules, SchemeDefinition
from lms.schemes.services.loading import DATA
from lms.schemes.validators import leaves_in

pytestmark = pytest.mark.unit

COURSES = Path(__file__).resolve().parents[4] / "courses" / "data"
SHIPPED = SchemeDefinition.model_validate(yaml.safe_load((DATA / "ttm-2026-2.yaml").read_text()))
BY_LEVEL = {"junior": "jtb-foundations", "intermediate": "itb-practice", "senior": "stm-deals"}


def _lessons(course: str) -> list[dict]:
    listed = yaml.safe_load((COURSES / course / "course.yaml").read_text())["lessons"]
    return [yaml.safe_load((COURSES / course / name).read_text()) for name in listed]


@pytest.mark.parametrize("level", SHIPPED.levels, ids=lambda level: level.code)
def test_each_lesson_teaches_a_topic_and_its_hours_are_the_declared_minutes(level: LevelRules) -> None:
    online = {topic.code: topic for topic in level.topics if topic.delivery == "online"}
    lessons = _lessons(BY_LEVEL[level.code])
    assert [lesson["topic"] for lesson in lessons] == list(online)
    for lesson in lessons:
        topic = online[lesson["topic"]]
        assert (topic.module, topic.class_hours) == (lesson["module"], to_class_hours(lesson["minutes"]))


def test_a_topic_without_a_lesson_has_no_invented_hours() -> None:
    others = [topic for level in SHIPPED.levels for topic in level.topics if topic.delivery != "online"]
    assert len(others) == 22
    assert {(topic.class_hours, topic.hours_source) for topic in others} == {
        (None, "培训大纲学时表未见公开文本，暂不设数")
    }


def test_the_hours_of_the_junior_level_can_be_had_from_its_lessons_however_they_are_posted() -> None:
    junior, lessons = SHIPPED.levels[0], _lessons("jtb-foundations")
    for leaf in leaves_in(junior.requirements):
        if leaf.fact == FactKind.CLASS_HOURS:
            counted = [lesson for lesson in lessons if not leaf.refs or lesson["module"] in leaf.refs]
            least = sum((to_class_hours(lesson["minutes"]) for lesson in counted), Decimal(0))
            assert least >= leaf.required, leaf.code
