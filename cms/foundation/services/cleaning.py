"""Taking out of rich text what an editor's screen would never have written: script, frames, Word's markup."""

import json
import re
from typing import Any

from bs4 import BeautifulSoup, Comment
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import RichTextField, StreamField

from cms.foundation.models import BasePage

# What rich text is made of; anything else that looks like a tag, and any act or dress of a tag, is looked at closely.
_STRANGE = re.compile(
    r"<(?!/?(?:p|h2|h3|h4|b|strong|i|em|ul|ol|li|a|br|hr|embed)\b)[a-z!/?]|\s(?:on\w+|style|class)\s*=|script:",
    re.IGNORECASE,
)
_NEVER = ("script", "style", "iframe", "object", "svg", "math", "template", "noscript", "xml", "title", "form")


def clean_words(*, page: BasePage) -> None:
    """Leave in every rich text of `page` only what its features allow."""
    for field in page._meta.concrete_fields:  # noqa: SLF001 -- public in Django
        if isinstance(field, RichTextField):
            setattr(page, field.attname, clean_html(getattr(page, field.attname), field.features))
        elif isinstance(field, StreamField):
            _clean_stream(page, field)


def clean_html(html: str, features: list[str] | None) -> str:
    """The text with headings, bold, lists and links that `features` allow, and its words."""
    if not _STRANGE.search(html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(_NEVER):
        element.decompose()
    converter = ContentstateConverter(features)
    return str(converter.to_database_format(converter.from_database_format(str(soup))))


def _clean_stream(page: BasePage, field: StreamField) -> None:
    kept = getattr(page, field.attname).get_prep_value()
    if not _STRANGE.search(json.dumps(kept, ensure_ascii=False)):
        return
    setattr(page, field.attname, json.dumps(_walk(field.stream_block, kept)))


def _walk(block: blocks.Block, value: Any) -> Any:
    match block:
        case blocks.RichTextBlock():
            return clean_html(value, block.features)
        case blocks.StreamBlock():
            return [{**child, "value": _walk(block.child_blocks[child["type"]], child["value"])} for child in value]
        case blocks.StructBlock():
            return {name: _walk(block.child_blocks[name], part) for name, part in value.items()}
        case blocks.ListBlock():
            return [_item(block.child_block, item) for item in value]
    return value


def _item(block: blocks.Block, item: Any) -> Any:
    """An item of a list, with its id or, as older rows have it, without."""
    if isinstance(item, dict) and item.get("type") == "item":
        return {**item, "value": _walk(block, item["value"])}
    return _walk(block, item)
