"""Questions by which readers check themselves, alone or after a case."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .words import PREVIEW

QUESTIONS = _("Self-check")


class OptionBlock(blocks.StructBlock):
    """One answer to a self-check question."""

    text = blocks.CharBlock(label=_("Answer"))
    right = blocks.BooleanBlock(required=False, label=_("This is the right one"))


class CheckBlock(blocks.StructBlock):
    """A question by which the reader checks themselves; nothing is marked and no time depends on it."""

    question = blocks.TextBlock(label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=6, label=_("Answers"))
    explanation = blocks.RichTextBlock(features=["bold"], label=_("Explanation"))
    rests_on = blocks.ListBlock(
        blocks.CharBlock(),
        required=False,
        label=_("What the key rests on"),
        help_text=_("Identifiers of the registry of facts, or “own” where the lesson itself teaches the judgement."),
    )

    class Meta:
        icon = "help"
        label = _("Self-check question")
        group = QUESTIONS
        description = _("One question, one right answer, and why. Every lesson has three.")
        preview_template = PREVIEW
        preview_value = {
            "question": "企业说“要一项新技术”，先问哪一句？",
            "options": [
                {"text": "预算多少", "right": False},
                {"text": "现在哪一步过不去", "right": True},
                {"text": "要不要申报项目", "right": False},
            ],
            "explanation": "<p>先弄清过不去的是哪一步，才知道缺的是不是技术。</p>",
            "rests_on": ["own"],
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(option["right"] for option in cleaned["options"]) != 1:
            error = ValidationError(_("A self-check question has one right answer."))
            raise blocks.StructBlockValidationError(block_errors={"options": error})
        return cleaned


class CaseBlock(blocks.StructBlock):
    """An invented case and the questions it raises."""

    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "ul", "ol"], label=_("Text"))
    questions = blocks.ListBlock(CheckBlock(), min_num=1, max_num=5, label=_("Questions"))

    class Meta:
        icon = "group"
        label = _("Case with questions")
        group = QUESTIONS
        description = _("An invented case, said to be invented, and the questions it raises.")
        preview_template = PREVIEW
        preview_value = {
            "title": "两份会议纪要（虚构）",
            "text": "<p>同一次会，企业记的是“下周给样品”，课题组记的是“条件成熟时提供样品”。</p>",
            "questions": [
                {
                    "question": "经纪人会后第一件事做什么？",
                    "options": [
                        {"text": "催课题组寄样品", "right": False},
                        {"text": "请双方确认同一份纪要", "right": True},
                    ],
                    "explanation": "<p>先让两边对同一句话点头，再谈日期。</p>",
                    "rests_on": ["own"],
                }
            ],
        }
