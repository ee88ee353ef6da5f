"""Reading the files of the site: YAML in, fields of a page out. Nothing here is saved."""

import json
import re
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Refusal

DATA = Path(__file__).resolve().parents[1] / "data"
# Inside a stream field quotes stand behind a backslash.
_LINK = re.compile(r'<a href=(?P<quote>\\?")(?P<place>/[^"\\]*)(?P=quote)>')


class SiteFileUnreadable(Refusal):
    """A file of the site is missing, or is no YAML."""

    code = "site-file-unreadable"
    message = _("The file %(name)s of the site cannot be read.")


def read_file(kind: str) -> dict[str, Any]:
    """What stands in the file of one kind of text, such as `help`."""
    path = DATA / f"{kind}.yaml"
    try:
        return dict(parse_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, ValueError) as fault:
        raise SiteFileUnreadable(name=path.name) from fault


def digest_of_file(words: Any) -> str:
    """Sixteen characters that change when the file says something else."""
    said = json.dumps(words, ensure_ascii=False, sort_keys=True, default=str)
    return blake2b(said.encode(), digest_size=8).hexdigest()


def body_of(blocks: list[dict[str, Any]], ref: str) -> str:
    """A body as a stream field keeps it. The same file gives the same ids, so that loading again changes nothing."""
    stream = []
    for place, block in enumerate(blocks):
        ((kind, value),) = block.items()
        stream.append(_block(kind, _BUILD[kind](value, f"{ref}/{place}"), f"{ref}/{place}"))
    return json.dumps(stream, ensure_ascii=False)


def articles_of(articles: list[dict[str, str]], ref: str, suffix: str) -> str:
    """The articles of a law in one language, as a stream field keeps them."""
    stream = [
        _block(
            "article",
            {"number": article[f"ref{suffix}"], "words": paragraph(article[f"text{suffix}"])},
            f"{ref}/{place}",
        )
        for place, article in enumerate(articles)
    ]
    return json.dumps(stream, ensure_ascii=False)


def paragraph(text: str) -> str:
    """Plain words as rich text."""
    return f"<p>{escape(text.strip())}</p>"


def link_pages(words: str, pages: dict[str, int]) -> str:
    """Turn addresses of pages into links that follow their page when it moves, and are known to its reference index."""

    def link(match: re.Match[str]) -> str:
        page_id = pages.get(match["place"])
        quote = match["quote"]
        return f"<a linktype={quote}page{quote} id={quote}{page_id}{quote}>" if page_id else match[0]

    return _LINK.sub(link, words)


def _block(kind: str, value: Any, ref: str) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, ref))}


def _items(values: list[Any], ref: str) -> list[dict[str, Any]]:
    return [_block("item", value, f"{ref}.{place}") for place, value in enumerate(values)]


def _table(value: dict[str, Any], ref: str) -> dict[str, Any]:
    rows = [_items(row, f"{ref}/row{place}") for place, row in enumerate(value["rows"])]
    return {**value, "columns": _items(value["columns"], f"{ref}/columns"), "rows": _items(rows, f"{ref}/rows")}


_BUILD: dict[str, Any] = {
    "text": lambda value, _ref: value.strip(),
    "callout": lambda value, _ref: {"reference": "", **value},
    "steps": lambda value, ref: {"steps": _items(value, f"{ref}/steps")},
    "table": _table,
}
