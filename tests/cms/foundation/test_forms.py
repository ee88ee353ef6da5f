import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image as Picture

from cms.foundation.forms import PictureField, PictureForm
from cms.foundation.validators import check_file

pytestmark = pytest.mark.unit


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head claims so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def refusal(name: str, content: bytes, kind: str = "image/png") -> tuple[str, str]:
    """Code and words with which a file is refused."""
    with pytest.raises(ValidationError) as refused:
        PictureField().clean(SimpleUploadedFile(name, content, kind))
    error = refused.value.error_list[0]
    return error.code, refused.value.messages[0]


def test_a_picture_is_taken() -> None:
    taken = PictureField().clean(SimpleUploadedFile("bridge.png", picture(), "image/png"))

    assert (taken.image.get_size(), taken.image.format_name) == ((8, 6), "png")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (
            "drawing.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "invalid_image_extension",
        ),
        ("bridge.jpg", picture("PNG"), "invalid_image_known_format"),
        ("bridge.png", b"no picture at all", "invalid_image"),
        ("wide.png", claiming(8_000, 6_000), "file_too_many_pixels"),
        ("bomb.png", claiming(60_000, 60_000), "bomb"),
        ("heavy.png", picture() + b"\0" * (5 * 1024 * 1024), "file_too_large"),
    ],
)
def test_a_file_that_does_not_belong_on_a_page_is_refused_in_words(name: str, content: bytes, code: str) -> None:
    found, words = refusal(name, content)

    assert found == code
    assert "%(" not in words
    assert words


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(Image.Image, "load", lambda *_args: opened.append("load"))

    refusal("bomb.png", claiming(60_000, 60_000))

    assert opened == []


def test_the_refusal_speaks_the_language_of_the_editor() -> None:
    with translation.override("zh-hans"):
        _code, words = refusal("wide.png", claiming(8_000, 6_000))

    assert words == "图片有 48000000 个像素，最多收 40000000 个。请先缩小。"


def test_every_form_for_pictures_is_ours() -> None:
    form = get_image_form(Picture)

    assert issubclass(form, PictureForm)
    assert isinstance(form.base_fields["file"], PictureField)


PDF = b"%PDF-1.7\n" + bytes(32)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("规则.pdf", PDF),
        ("名单.csv", "姓名,课程\n".encode()),
        ("film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n你好".encode()),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(name: str, content: bytes) -> None:
    check_file(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("规则.pdf", b"<html><script>alert(1)</script></html>", "file-of-another-kind"),
        ("film.mp4", PDF, "file-of-another-kind"),
        ("名单.csv", b"a,b\n<script>alert(1)</script>", "file-with-markup"),
        ("名单.txt", b"<svg onload=alert(1)>", "file-with-markup"),
        ("名单.csv", "姓名".encode("gbk"), "file-not-utf-8"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_file(SimpleUploadedFile(name, content))
    assert refused.value.code == code


def test_a_file_that_is_too_large_is_refused_with_both_figures() -> None:
    file = SimpleUploadedFile("规则.pdf", PDF)
    file.size = 21 * 1024 * 1024
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        check_file(file)
    with translation.override("en"):
        said = refused.value.messages
    assert said == ["The file is 21.0\xa0MB; at most 20.0\xa0MB are taken. Make it smaller first."]
