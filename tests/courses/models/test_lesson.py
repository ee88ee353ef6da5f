import pytest
from django.core.exceptions import ValidationError

from courses.models import Lesson

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_an_incomplete_block_is_named_at_its_text() -> None:
    lesson = Lesson(title="试讲一课", body=[("checklist", {"title": "出门之前", "items": ["只有一项"]})])
    with pytest.raises(ValidationError) as refused:
        lesson.clean()
    assert list(refused.value.error_dict) == ["body"]
    assert "items" in str(refused.value.error_dict["body"][0].as_json_data())
