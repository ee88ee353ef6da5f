"""Blocks of words, figures and tables."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.enums import CalloutKind, SourceKind

DRAWINGS = Path(__file__).parent.parent / "static" / "courses" / "figures"
TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
PREVIEW = "courses/blocks/preview.html"
WORDS, PICTURES = _("Text and callouts"), _("Figures and tables")


def drawings() -> list[tuple[str, str]]:
    """Names of our own drawings; each has a wide and a narrow form, `<name>.svg` and `<name>-narrow.svg`."""
    names = sorted(path.stem for path in DRAWINGS.glob("*.svg") if not path.stem.endswith("-narrow"))
    return [(name, name) for name in names]


class SectionBlock(blocks.CharBlock):
    """The heading of a section; the lesson's own table of contents is made from these."""

    class Meta:
        icon = "title"
        label = _("Section heading")
        group = WORDS
        description = _("Begins a section. The contents beside the lesson are made from these headings.")
        preview_template = PREVIEW
        preview_value = "一、先问，再写"


class TextBlock(blocks.RichTextBlock):
    """Running text: paragraphs, small headings, lists, links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WORDS
        description = _("Paragraphs, small headings, lists and links.")
        preview_template = PREVIEW
        preview_value = "<p>同一件事，企业说“太贵”，课题组说“还没做完”。先把两句话各写一行。</p>"


class FigureBlock(blocks.StructBlock):
    """A drawing of ours or an uploaded image; what it shows is always said in words as well."""

    drawing = blocks.ChoiceBlock(choices=drawings, required=False, label=_("Our drawing"))
    image = ImageChooserBlock(required=False, label=_("Image"))
    alt = blocks.TextBlock(label=_("What the figure shows, for those who cannot see it"))
    caption = blocks.CharBlock(label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")
        group = PICTURES
        description = _("A drawing of the house or an uploaded picture, with what it shows in words.")
        preview_template = PREVIEW
        preview_value = {
            "drawing": "trl-valley",
            "alt": "横轴是九级成熟度，四到六级之间的投入高、承接的人少。",
            "caption": "从实验室到工厂的九级成熟度",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["drawing"]) == bool(cleaned["image"]):
            error = ValidationError(_("A figure is either one of our drawings or an image."))
            raise blocks.StructBlockValidationError(block_errors={"drawing": error})
        return cleaned


class CalloutBlock(blocks.StructBlock):
    """A short passage set apart: a statute in our own words, a note, an invented case."""

    kind = blocks.ChoiceBlock(choices=CalloutKind.choices, label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "ul", "ol"], label=_("Text"))
    reference = blocks.CharBlock(required=False, label=_("Reference"))

    class Meta:
        icon = "openquote"
        label = _("Callout")
        group = WORDS
        description = _("A statute in our own words, an invented case, a trap or a note, set apart from the text.")
        preview_template = PREVIEW
        preview_value = {
            "kind": "trap",
            "title": "先签字，后看权利人",
            "text": "<p>合同谈了两个月，才发现专利还有一个共有人没有同意。</p>",
            "reference": "",
        }


class TableBlock(blocks.StructBlock):
    """A plain table: one row of headings, the first cell of each row heads its row."""

    caption = blocks.CharBlock(label=_("Caption"))
    columns = blocks.ListBlock(blocks.CharBlock(), label=_("Columns"), min_num=2)
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(label=_("Cell")), label=_("Row")), label=_("Rows"), min_num=1
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = PICTURES
        description = _("A plain table; on a telephone each row becomes a small list.")
        preview_template = PREVIEW
        preview_value = {
            "caption": "三种许可（自拟的例子）",
            "columns": ["许可", "谁可以用"],
            "rows": [["独占", "只有被许可人"], ["排他", "被许可人和许可人"], ["普通", "还可以许可别人"]],
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if any(len(row) != len(cleaned["columns"]) for row in cleaned["rows"]):
            error = ValidationError(_("Every row has as many cells as the table has columns."))
            raise blocks.StructBlockValidationError(block_errors={"rows": error})
        return cleaned


class ChecklistBlock(blocks.StructBlock):
    """What to have at hand or to ask, point by point; a reader ticks it on paper, nothing is kept."""

    title = blocks.CharBlock(label=_("Title"))
    items = blocks.ListBlock(blocks.CharBlock(), label=_("Points"), min_num=2)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        group = WORDS
        description = _("Points to have at hand or to ask, one after the other.")
        preview_template = PREVIEW
        preview_value = {"title": "打电话以前", "items": ["对方是谁，管什么", "只问一件事", "写下答复和日期"]}


class TermBlock(blocks.StructBlock):
    """A term of the trade with its English and its meaning in one sentence."""

    term = blocks.CharBlock(label=_("Term"))
    term_en = blocks.CharBlock(label=_("Term in English"))
    meaning = blocks.TextBlock(label=_("Meaning, in one sentence"), rows=2)

    class Meta:
        icon = "tag"
        label = _("Glossary term")
        group = WORDS
        description = _("A term with its English and its meaning in one sentence.")
        preview_template = PREVIEW
        preview_value = {
            "term": "技术就绪水平",
            "term_en": "technology readiness level",
            "meaning": "用九级说明一项技术离真实使用还有多远。",
        }


class SourceBlock(blocks.StructBlock):
    """One source: a statute by article, or a figure with its date and whose it is."""

    kind = blocks.ChoiceBlock(choices=SourceKind.choices, label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"))
    detail = blocks.CharBlock(label=_("Articles, date, publisher"))
    url = blocks.URLBlock(required=False, label=_("Public address"))
