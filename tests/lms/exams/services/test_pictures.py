"""Pictures of questions: what is kept is pixels and nothing else."""

import io

import pytest
from PIL import Image, PngImagePlugin

from lms.exams.services.figures import (
    MAX_BYTES,
    FigureOfWrongKind,
    FigureTooLarge,
    FigureWithoutWords,
    draw_anew,
    keep_figure,
    read_figure,
)
from tests.factories.bank import a_picture, empty_bank

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_and_read_back(kind: str, now) -> None:
    figure = keep_figure(bank=empty_bank(), name="图.png", content=a_picture(kind), alt="一个阀门", now=now)
    read = read_figure(figure)
    with Image.open(io.BytesIO(read)) as picture:
        assert (picture.format, picture.size) == (kind, (40, 30))
    assert figure.media_type == f"image/{kind.lower()}"


def test_what_hides_in_a_picture_is_left_out() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "the key is B")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    for sent in (a_picture("PNG", pnginfo=told), a_picture("JPEG", exif=exif)):
        _kind, drawn = draw_anew(sent + b"<script>alert(1)</script>PK\x03\x04")
        assert b"the key is B" not in drawn
        assert b"taken at home" not in drawn
        assert b"script" not in drawn
        assert b"PK\x03\x04" not in drawn


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload='x'/>", b"GIF89a" + b"\0" * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 40, a_picture()[:60]],
    ids=["empty", "svg", "gif", "begins like one", "cut short"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FigureOfWrongKind):
        draw_anew(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_picture_without_its_end_is_refused(kind: str, kept: float) -> None:
    noise = io.BytesIO()
    Image.effect_noise((80, 60), 90).convert("RGB").save(noise, format=kind)
    content = noise.getvalue()
    with pytest.raises(FigureOfWrongKind):
        draw_anew(content[: int(len(content) * kept)])


def test_size_is_bounded_in_bytes_and_pixels() -> None:
    with pytest.raises(FigureTooLarge):
        draw_anew(b"\0" * (MAX_BYTES + 1))
    with pytest.raises(FigureTooLarge):
        draw_anew(a_picture(size=(6001, 2)))


def test_a_large_picture_is_drawn_smaller() -> None:
    _kind, drawn = draw_anew(a_picture(size=(4000, 1000)))
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (1600, 400)


def test_a_picture_wants_words_and_is_kept_once(now) -> None:
    bank = empty_bank()
    with pytest.raises(FigureWithoutWords):
        keep_figure(bank=bank, name="a", content=a_picture(), alt=" ", now=now)
    first = keep_figure(bank=bank, name="a", content=a_picture(), alt="阀门", now=now)
    assert keep_figure(bank=bank, name="b", content=a_picture(), alt="别的话", now=now) == first
