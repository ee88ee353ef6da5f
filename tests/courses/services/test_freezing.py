import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.blocks import StreamBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file

from courses.blocks import LessonStreamBlock
from courses.services.freezing import frozen_blocks, recorded_s
from tests.factories.courses import LessonFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\n先问，再写。\n".encode()
RECORDING = {"title": "访谈怎样开头", "duration_s": 95, "transcript": "<p>先问，再写。</p>"}
OPTIONS = [{"text": "甲", "right": True}, {"text": "乙", "right": False}]


def document(name: str, content: bytes):
    return get_document_model().objects.create(title=name, file=ContentFile(content, name))


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


def test_questions_of_a_case_are_numbered_within_it_and_keep_what_they_rest_on() -> None:
    question = {"question": "先做什么？", "options": OPTIONS, "explanation": "<p>先问。</p>", "rests_on": ["own"]}
    frozen = freeze("case", {"title": "两份纪要", "text": "<p>虚构。</p>", "questions": [question, question]})
    assert [(asked["number"], asked["rests_on"]) for asked in frozen["questions"]] == [(1, ["own"]), (2, ["own"])]


def test_a_video_keeps_address_size_length_and_the_words_of_its_captions(settings) -> None:
    film = document("film.mp4", MP4)
    captions = document("film.vtt", CAPTIONS)
    frozen = freeze("video", {**RECORDING, "file": film.pk, "captions": captions.pk})
    captions.delete()
    assert {name: frozen[name] for name in ("src", "kind", "size", "duration_s", "poster", "captions")} == {
        "src": film.url,
        "kind": "video/mp4",
        "size": len(MP4),
        "duration_s": 95,
        "poster": None,
        "captions": {"zh-Hans": CAPTIONS.decode()},
    }
    assert recorded_s([frozen]) == 95


@pytest.mark.parametrize(
    ("address", "hosts", "taken"),
    [
        ("https://media.example.org/a.mp4", ["media.example.org"], True),
        ("https://media.example.org/a.mp4", [], False),
        ("https://media.example.org.evil.test/a.mp4", ["media.example.org"], False),
        ("http://media.example.org/a.mp4", ["media.example.org"], False),
        ("https://user@media.example.org/a.mp4", ["media.example.org"], False),
    ],
)
def test_a_recording_elsewhere_stands_on_a_host_that_is_allowed(settings, address, hosts, taken) -> None:
    settings.LESSON_MEDIA_HOSTS = hosts
    captions = document("film.vtt", CAPTIONS)
    value = {**RECORDING, "address": address, "captions": captions.pk}
    if taken:
        assert freeze("video", value)["src"] == address
    else:
        with pytest.raises(StreamBlockValidationError):
            freeze("video", value)


@pytest.mark.parametrize(
    ("film", "captions"),
    [
        pytest.param(b"<html><script>alert(1)</script>", CAPTIONS, id="a page called film"),
        pytest.param(None, "WEBVTT\n\n你好".encode(), id="captions without times"),
        pytest.param(None, "WEBVTT\n\n00:01.000 --> 00:02.000\n你好".encode("gbk"), id="captions in GBK"),
        pytest.param(None, b"1\n00:00:01,000 --> 00:00:02,000\nhello", id="captions of another kind"),
        pytest.param(None, b"WEBVTT\n\n00:05.000 --> 00:02.000\nback", id="times that go back"),
        pytest.param(None, b"WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>", id="markup in captions"),
    ],
)
def test_a_recording_that_is_none_and_broken_captions_are_refused(film, captions) -> None:
    value = {**RECORDING, "file": document("film.mp4", film or MP4).pk, "captions": document("film.vtt", captions).pk}
    with pytest.raises(StreamBlockValidationError):
        freeze("video", value)


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
