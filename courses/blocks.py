"""What a lesson may be made of. Few blocks, one level of nesting; `schema` of the frozen body counts changes."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.enums import CalloutKind, SourceKind

DRAWINGS = Path(__file__).parent / "static" / "courses" / "figures"
TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


def drawings() -> list[tuple[str, str]]:
    """Names of our own drawings; each has a wide and a narrow form, `<name>.svg` and `<name>-narrow.svg`."""
    names = sorted(path.stem for path in DRAWINGS.glob("*.svg") if not path.stem.endswith("-narrow"))
    return [(name, name) for name in names]


class SectionBlock(blocks.CharBlock):
    """The heading of a section; the lesson's own table of contents is made from these."""

    class Meta:
        icon = "title"
        label = _("Section heading")


class FigureBlock(blocks.StructBlock):
    """A drawing of ours or an uploaded image; what it shows is always said in words as well."""

    drawing = blocks.ChoiceBlock(choices=drawings, required=False, label=_("Our drawing"))
    image = ImageChooserBlock(required=False, label=_("Image"))
    alt = blocks.TextBlock(label=_("What the figure shows, for those who cannot see it"))
    caption = blocks.CharBlock(label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")

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

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if any(len(row) != len(cleaned["columns"]) for row in cleaned["rows"]):
            error = ValidationError(_("Every row has as many cells as the table has columns."))
            raise blocks.StructBlockValidationError(block_errors={"rows": error})
        return cleaned


class OptionBlock(blocks.StructBlock):
    """One answer to a self-check question."""

    text = blocks.CharBlock(label=_("Answer"))
    right = blocks.BooleanBlock(required=False, label=_("This is the right one"))


class CheckBlock(blocks.StructBlock):
    """A question by which the reader checks themselves; nothing is marked and no time depends on it."""

    question = blocks.TextBlock(label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=6, label=_("Answers"))
    explanation = blocks.RichTextBlock(features=["bold"], label=_("Explanation"))

    class Meta:
        icon = "help"
        label = _("Self-check question")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(option["right"] for option in cleaned["options"]) != 1:
            error = ValidationError(_("A self-check question has one right answer."))
            raise blocks.StructBlockValidationError(block_errors={"options": error})
        return cleaned


class SourceBlock(blocks.StructBlock):
    """One source: a statute by article, or a figure with its date and whose it is."""

    kind = blocks.ChoiceBlock(choices=SourceKind.choices, label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"))
    detail = blocks.CharBlock(label=_("Articles, date, publisher"))


class LessonStreamBlock(blocks.StreamBlock):
    """The blocks of a lesson, top to bottom."""

    section = SectionBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))
    figure = FigureBlock()
    callout = CalloutBlock()
    table = TableBlock()
    check = CheckBlock()
    sources = blocks.ListBlock(SourceBlock(), icon="list-ul", label=_("Sources"))
