import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from courses.models import Lesson

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_an_incomplete_block_is_named_at_its_text() -> None:
    lesson = Lesson(title="试讲一课", body=[("checklist", {"title": "出门之前", "items": ["只有一项"]})])
    with pytest.raises(ValidationError) as refused:
        lesson.clean()
    assert list(refused.value.error_dict) == ["body"]
    (error,) = refused.value.error_dict["body"]
    assert isinstance(error, StreamBlockValidationError)
    assert "items" in str(error.as_json_data())
