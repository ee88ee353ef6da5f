import subprocess

import pytest

from cms.design.services import typefaces
from cms.design.services.typefaces import SANS, SERIF, FontMissing, GlyphMissing, check_letters, outline

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", ["段文博", "买买提·艾力", "DUAN Wenbo é", "𬱖𬸚𫍯𫘧", ""])
@pytest.mark.parametrize("family", [SERIF, SANS])
def test_names_that_people_have_can_be_printed(text: str, family: str) -> None:
    check_letters(text, family)


def test_every_letter_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(GlyphMissing) as refusal:
        check_letters("段\U0002a6a5博🙂")
    assert "U+2A6A5" in str(refusal.value)
    assert "U+1F642" in str(refusal.value)


def test_an_outline_is_a_drawing_with_an_advance() -> None:
    path, advance = outline("章")
    assert path.startswith("M")
    assert advance == 1000


def test_a_machine_without_the_typeface_is_told_what_to_install(monkeypatch) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout="DejaVu Sans\n/nowhere.ttf\n0")
    monkeypatch.setattr(typefaces.subprocess, "run", lambda *args, **kwargs: answer)
    typefaces._opened.cache_clear()
    typefaces._covered.cache_clear()
    with pytest.raises(FontMissing, match="apt-get install"):
        check_letters("段")
    typefaces._opened.cache_clear()
