"""Taking out of rich text what an editor's screen would never have written: script, frames, Word's markup."""

import json
import re
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Comment
from django.db import models
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField

# Tags as an editor's screen writes them, letter for letter. Whatever else opens with "<" is looked at closely.
_PLAIN = re.compile(
    r"""</?(?:p|h2|h3|h4|b|strong|i|em|ul|ol|li)>
    | <(?:p|h2|h3|h4|ul|ol|li)\ data-block-key="[\w-]+">
    | <(?:br|hr)/?>
    | </a>
    | <a\ (?:linktype="[a-z]+"\ id="\d+" | id="\d+"\ linktype="[a-z]+")>
    | <a\ href="(?:https?://|mailto:|tel:|/(?!/)|\#)[^"<>]*">""",
    re.VERBOSE,
)
_NEVER = ("script", "style", "iframe", "object", "svg", "math", "template", "noscript", "xml", "title", "form")


def clean_words(*, thing: models.Model) -> None:
    """Leave in every rich text of a page, a version or a lesson only what its features allow."""
    late = thing.get_deferred_fields()
    for field in _rich_fields(type(thing)):
        if field.attname in late:
            continue
        if isinstance(field, StreamField):
            _clean_stream(thing, field)
        else:
            setattr(thing, field.attname, clean_html(getattr(thing, field.attname), field.features))


@cache
def _rich_fields(model: type[models.Model]) -> tuple[Any, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001 -- public in Django
    return tuple(field for field in fields if isinstance(field, (RichTextField, StreamField)))


def clean_html(html: str, features: list[str] | None) -> str:
    """The text with headings, bold, lists and links that `features` allow, and its words."""
    if "<" not in _PLAIN.sub("", html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_NEVER):
        element.decompose()
    converter = ContentstateConverter(features)
    return str(converter.to_database_format(converter.from_database_format(str(soup))))


def _clean_stream(thing: models.Model, field: StreamField) -> None:
    kept = getattr(thing, field.attname).get_prep_value()
    clean = _walk(field.stream_block, kept)
    if clean != kept:
        setattr(thing, field.attname, json.dumps(clean))


def _walk(block: blocks.Block | None, value: Any) -> Any:
    """The value with clean words; what no block of today knows stays as it is."""
    match block:
        case blocks.RichTextBlock():
            return clean_html(value, block.features)
        case blocks.StreamBlock():
            return [{**child, "value": _walk(block.child_blocks.get(child["type"]), child["value"])} for child in value]
        case blocks.StructBlock():
            return {name: _walk(block.child_blocks.get(name), part) for name, part in value.items()}
        case blocks.ListBlock():
            return [_item(block.child_block, item) for item in value]
    return value


def _item(block: blocks.Block, item: Any) -> Any:
    """An item of a list, with its id or, as older rows have it, without."""
    if isinstance(item, dict) and item.get("type") == "item":
        return {**item, "value": _walk(block, item["value"])}
    return _walk(block, item)
