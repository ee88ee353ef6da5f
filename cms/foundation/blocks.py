"""What a public page may be made of: few blocks, one level of nesting, each in one language.

A body stands twice (`body`, `body_en`), so each block holds words of one language only.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .enums import CalloutKind

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
PLAIN_FEATURES = ["bold", "ol", "ul", "link"]


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows in words; a picture that shows nothing does not belong on a page."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.TextBlock(label=_("What the figure shows, for those who cannot see it"), rows=2)
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "foundation/blocks/figure.html"


class TableBlock(blocks.StructBlock):
    """A plain table: one row of headings, the first cell of each row heads its row."""

    caption = blocks.CharBlock(label=_("Caption"))
    columns = blocks.ListBlock(blocks.CharBlock(), label=_("Columns"), min_num=2)
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, label=_("Cell")), label=_("Row")),
        label=_("Rows"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "foundation/blocks/table.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if any(len(row) != len(cleaned["columns"]) for row in cleaned["rows"]):
            error = ValidationError(_("Every row has as many cells as the table has columns."))
            raise blocks.StructBlockValidationError(block_errors={"rows": error})
        return cleaned


class CalloutBlock(blocks.StructBlock):
    """A short passage set apart: a statute in our own words, an invented case, a trap."""

    kind = blocks.ChoiceBlock(choices=CalloutKind.choices, label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(features=PLAIN_FEATURES, label=_("Text"))
    reference = blocks.CharBlock(required=False, label=_("Reference"))

    class Meta:
        icon = "openquote"
        label = _("Callout")
        template = "foundation/blocks/callout.html"


class DocumentBlock(blocks.StructBlock):
    """A file to take away, with what is in it."""

    document = DocumentChooserBlock(label=_("File"))
    words = blocks.CharBlock(required=False, label=_("What is in it"))

    class Meta:
        icon = "doc-full"
        label = _("File to take away")
        template = "foundation/blocks/document.html"


class StepBlock(blocks.StructBlock):
    """One step of a way."""

    title = blocks.CharBlock(label=_("What to do"))
    text = blocks.RichTextBlock(features=PLAIN_FEATURES, required=False, label=_("How"))


class StepsBlock(blocks.StructBlock):
    """A way in steps, one after the other."""

    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "foundation/blocks/steps.html"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody who is named; made-up people are said to be made up."""

    text = blocks.TextBlock(label=_("What was said"))
    who = blocks.CharBlock(label=_("Who says so"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "foundation/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page, top to bottom: `text`, `figure`, `table`, `callout`, `document`, `steps`, `quote`."""

    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, label=_("Text"), icon="pilcrow", template="foundation/blocks/text.html"
    )
    figure = FigureBlock()
    table = TableBlock()
    callout = CalloutBlock()
    document = DocumentBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
