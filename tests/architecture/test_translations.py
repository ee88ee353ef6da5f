"""Chinese and English are complete."""

import pytest

from tests.translations import complaints, framework_complaints, needless_fills

pytestmark = pytest.mark.unit


def test_every_sentence_is_there_in_both_languages() -> None:
    assert [str(complaint) for complaint in complaints()] == []


def test_the_editor_and_the_sign_in_speak_chinese_throughout() -> None:
    assert [str(complaint) for complaint in framework_complaints()] == []


def test_we_say_for_the_frameworks_only_what_they_do_not_say() -> None:
    assert [str(complaint) for complaint in needless_fills()] == []
