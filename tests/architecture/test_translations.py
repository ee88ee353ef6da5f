"""Chinese and English are complete."""

import pytest

from tests.translations import complaints

pytestmark = pytest.mark.unit


def test_every_sentence_is_there_in_both_languages() -> None:
    assert [str(complaint) for complaint in complaints()] == []
