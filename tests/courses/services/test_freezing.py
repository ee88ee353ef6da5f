import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.images.tests.utils import get_test_image_file

from courses.blocks import LessonStreamBlock
from courses.services.freezing import frozen_blocks
from tests.factories.courses import LessonFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

OPTIONS = [{"text": "甲", "right": True}, {"text": "乙", "right": False}]


def freeze(kind: str, value: object) -> dict:
    block = LessonStreamBlock()
    (frozen,) = frozen_blocks(block.clean(block.to_python([{"type": kind, "value": value}])))
    return frozen


def test_a_drawing_is_copied_into_the_version() -> None:
    frozen = freeze("figure", {"drawing": "trl-valley", "alt": "谷", "caption": "图注"})
    assert frozen["wide"].startswith("<svg")
    assert frozen["narrow"].startswith("<svg")
    assert (frozen["alt"], frozen["caption"]) == ("谷", "图注")


def test_an_image_is_copied_as_a_rendition_with_its_words() -> None:
    from wagtail.images import get_image_model

    image = get_image_model().objects.create(title="样机", file=get_test_image_file())
    frozen = freeze("figure", {"image": image.pk, "alt": "样机的正面", "caption": "样机"})
    assert frozen["src"].startswith("/media/")
    assert (frozen["alt"], frozen["width"], frozen["height"]) == ("样机的正面", 640, 480)


def test_checks_are_numbered_within_the_lesson() -> None:
    block = LessonStreamBlock()
    check = {"question": "几级？", "options": OPTIONS, "explanation": "<p>九级。</p>"}
    frozen = frozen_blocks(block.to_python([{"type": "check", "value": check}] * 2))
    assert [(item["number"], item["of"]) for item in frozen] == [(1, 2), (2, 2)]
    assert frozen[0]["options"] == OPTIONS


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param("figure", {"drawing": "trl-valley", "alt": "", "caption": "图"}, id="no words for the figure"),
        pytest.param("figure", {"alt": "谷", "caption": "图"}, id="no figure"),
        pytest.param(
            "table", {"caption": "表", "columns": ["甲", "乙"], "rows": [["一"]]}, id="a row shorter than its table"
        ),
        pytest.param(
            "check",
            {"question": "?", "options": [{"text": "甲"}, {"text": "乙"}], "explanation": "<p>无</p>"},
            id="no right answer",
        ),
    ],
)
def test_a_block_that_is_not_whole_is_refused(kind, value) -> None:
    with pytest.raises(StreamBlockValidationError):
        freeze(kind, value)


def test_a_lesson_that_is_not_whole_cannot_be_cleaned() -> None:
    lesson = LessonFactory()
    lesson.body = [{"type": "figure", "value": {"drawing": "trl-valley", "alt": "", "caption": "图"}}]
    with pytest.raises(ValidationError):
        lesson.full_clean()


def test_an_item_identifier_is_used_once_in_a_course() -> None:
    lesson = LessonFactory()
    double = LessonFactory.build(course=lesson.course, item_uid=lesson.item_uid)
    with pytest.raises(ValidationError, match="一门课程里学习项标识不重复"):
        double.full_clean()
