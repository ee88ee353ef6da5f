"""Copying a lesson's blocks into plain data that needs nothing of the editor's rows, images or revisions."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.text import slugify
from wagtail.rich_text import expand_db_html

from courses.blocks import DRAWINGS

SCHEMA = 1
IMAGE_WIDTH = "width-960"


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


def _section(value: str) -> dict[str, Any]:
    return {"title": value}


def _text(value: Any) -> dict[str, Any]:
    return {"html": expand_db_html(value.source)}


def _figure(value: Any) -> dict[str, Any]:
    words = {"alt": value["alt"], "caption": value["caption"]}
    if value["drawing"]:
        return {**words, "wide": _drawing(value["drawing"]), "narrow": _drawing(f"{value['drawing']}-narrow")}
    rendition = value["image"].get_rendition(IMAGE_WIDTH)
    return {**words, "src": rendition.url, "width": rendition.width, "height": rendition.height}


def _drawing(name: str) -> str:
    return (DRAWINGS / f"{slugify(name)}.svg").read_text(encoding="utf-8").strip()


def _callout(value: Any) -> dict[str, Any]:
    return {
        "kind": value["kind"],
        "title": value["title"],
        "html": expand_db_html(value["text"].source),
        "reference": value["reference"] or "",
    }


def _table(value: Any) -> dict[str, Any]:
    return {
        "caption": value["caption"],
        "columns": list(value["columns"]),
        "rows": [list(row) for row in value["rows"]],
    }


def _check(value: Any) -> dict[str, Any]:
    return {
        "question": value["question"],
        "options": [{"text": option["text"], "right": bool(option["right"])} for option in value["options"]],
        "html": expand_db_html(value["explanation"].source),
    }


def _sources(value: Any) -> dict[str, Any]:
    return {"entries": [{key: entry[key] for key in ("kind", "title", "detail")} for entry in value]}


_FREEZERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "section": _section,
    "text": _text,
    "figure": _figure,
    "callout": _callout,
    "table": _table,
    "check": _check,
    "sources": _sources,
}
