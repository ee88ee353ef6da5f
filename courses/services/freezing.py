"""Copying a lesson's blocks into plain data that needs nothing of the editor's rows, files or revisions.

Recordings and files keep their address, size and length; captions are copied word for word.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from courses.blocks import DRAWINGS
from courses.validators import captions_in, kind_of

SCHEMA = 2
IMAGE_WIDTH = "width-960"
RECORDINGS = ("video", "audio")
_KEY = re.compile(r' data-block-key="[\w-]*"')


def frozen_blocks(body: Any) -> list[dict[str, Any]]:
    """The blocks of a StreamField value as plain data, numbered within their kind."""
    kinds = Counter(block.block_type for block in body)
    seen: Counter[str] = Counter()
    frozen = []
    for block in body:
        kind = block.block_type
        seen[kind] += 1
        frozen.append({"type": kind, "number": seen[kind], "of": kinds[kind], **_FREEZERS[kind](block.value)})
    return frozen


def frozen_block(kind: str, value: Any) -> dict[str, Any]:
    """One block alone, as the editor's picker shows it."""
    return {"type": kind, "number": 1, "of": 1, **_FREEZERS[kind](value)}


def recorded_s(blocks: list[dict[str, Any]]) -> int:
    """Seconds that the recordings among these frozen blocks last."""
    return sum(block["duration_s"] for block in blocks if block["type"] in RECORDINGS)


def _html(value: Any) -> str:
    """The words as pages show them, without the keys by which the editor's screen knows its paragraphs."""
    return _KEY.sub("", str(expand_db_html(value.source))) if value else ""


def _section(value: str) -> dict[str, Any]:
    return {"title": value}


def _text(value: Any) -> dict[str, Any]:
    return {"html": _html(value)}


def _figure(value: Any) -> dict[str, Any]:
    words = {"alt": value["alt"], "caption": value["caption"]}
    if value["drawing"]:
        return {**words, "wide": _drawing(value["drawing"]), "narrow": _drawing(f"{value['drawing']}-narrow")}
    return {**words, **_picture(value["image"])}


def _picture(image: Any) -> dict[str, Any]:
    rendition = image.get_rendition(IMAGE_WIDTH)
    return {"src": rendition.url, "width": rendition.width, "height": rendition.height}


def _drawing(name: str) -> str:
    return (DRAWINGS / f"{slugify(name)}.svg").read_text(encoding="utf-8").strip()


def _callout(value: Any) -> dict[str, Any]:
    return {
        "kind": value["kind"],
        "title": value["title"],
        "html": _html(value["text"]),
        "reference": value["reference"] or "",
    }


def _table(value: Any) -> dict[str, Any]:
    return {
        "caption": value["caption"],
        "columns": list(value["columns"]),
        "rows": [list(row) for row in value["rows"]],
    }


def _checklist(value: Any) -> dict[str, Any]:
    return {"title": value["title"], "points": list(value["items"])}


def _term(value: Any) -> dict[str, Any]:
    return {name: value[name] for name in ("term", "term_en", "meaning")}


def _check(value: Any) -> dict[str, Any]:
    return {
        "question": value["question"],
        "options": [{"text": option["text"], "right": bool(option["right"])} for option in value["options"]],
        "html": _html(value["explanation"]),
        "rests_on": list(value["rests_on"]),
    }


def _case(value: Any) -> dict[str, Any]:
    return {
        "title": value["title"],
        "html": _html(value["text"]),
        "questions": [{"number": number, **_check(each)} for number, each in enumerate(value["questions"], start=1)],
    }


def _recording(value: Any) -> dict[str, Any]:
    words = {"title": value["title"], "duration_s": value["duration_s"], "transcript": _html(value["transcript"])}
    if value["address"]:
        return {**words, "src": value["address"], "kind": "", "size": None}
    document = value["file"]
    return {**words, "src": document.url, "kind": kind_of(document.file), "size": document.get_file_size()}


def _video(value: Any) -> dict[str, Any]:
    tracks = {"zh-Hans": value["captions"], "en": value["captions_en"]}
    return {
        **_recording(value),
        "poster": _picture(value["poster"]) if value["poster"] else None,
        "captions": {language: _captions(document) for language, document in tracks.items() if document},
    }


def _captions(document: Any) -> str:
    with document.open_file() as opened:
        return captions_in(opened.read())


def _document(value: Any) -> dict[str, Any]:
    document = value["document"]
    return {
        "title": document.title,
        "words": value["words"],
        "src": document.url,
        "kind": document.file_extension.upper(),
        "size": document.get_file_size(),
    }


def _live(value: Any) -> dict[str, Any]:
    begins = value["starts_at"]
    return {
        "title": value["title"],
        "starts_at": (begins if timezone.is_aware(begins) else timezone.make_aware(begins)).isoformat(),
        "minutes": value["minutes"],
        "address": value["address"],
        "html": _html(value["prepare"]),
    }


def _simulation(value: Any) -> dict[str, Any]:
    return {"code": value["code"], "text": value["text"]}


def _sources(value: Any) -> dict[str, Any]:
    return {
        "entries": [
            {**{key: entry[key] for key in ("kind", "title", "detail")}, "url": entry["url"] or ""} for entry in value
        ]
    }


_FREEZERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "section": _section,
    "text": _text,
    "callout": _callout,
    "checklist": _checklist,
    "term": _term,
    "figure": _figure,
    "table": _table,
    "check": _check,
    "case": _case,
    "video": _video,
    "audio": _recording,
    "document": _document,
    "simulation": _simulation,
    "live": _live,
    "sources": _sources,
}
