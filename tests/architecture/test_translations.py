"""Chinese and English are complete."""

import pytest

from tests.translations import changed_for_the_editor, complaints, framework_complaints, needless_fills

pytestmark = pytest.mark.unit


def test_every_sentence_is_there_in_both_languages() -> None:
    assert [str(complaint) for complaint in complaints()] == []


def test_the_editor_and_the_sign_in_speak_chinese_throughout() -> None:
    assert [str(complaint) for complaint in framework_complaints()] == []


def test_we_say_for_the_frameworks_only_what_they_do_not_say() -> None:
    assert [str(complaint) for complaint in needless_fills()] == []


def test_a_word_of_a_room_does_not_change_the_editors_pages_unawares() -> None:
    assert [str(complaint) for complaint in changed_for_the_editor()] == []
