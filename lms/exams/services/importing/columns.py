"""The columns of a sheet of questions, and under which headings they are read."""

import unicodedata
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Column(StrEnum):
    """A column of the sheet of questions; the value is the field that it fills."""

    REF = "ref"
    KIND = "kind"
    STEM = "stem"
    OPTIONS = "options"
    CHOICES = "choices"
    KEY = "key"
    TOLERANCE = "tolerance"
    UNIT = "unit"
    LIMIT = "limit"
    RUBRIC = "rubric"
    EXPLANATION = "explanation"
    SOURCE = "source"
    TOPIC = "topic"
    DIFFICULTY = "difficulty"
    LEVEL = "level"
    MODULE = "module"
    COMPETENCY = "competency"
    LAW = "law"
    CASE = "case"
    FIGURES = "figures"
    STEM_EN = "stem_en"
    OPTIONS_EN = "options_en"
    CHOICES_EN = "choices_en"
    UNIT_EN = "unit_en"
    EXPLANATION_EN = "explanation_en"


REQUIRED = (Column.KIND, Column.STEM, Column.KEY)

FIELD_NAMES: dict[str, Promise] = {
    Column.REF: _("Short name"),
    Column.KIND: _("Kind of question"),
    Column.STEM: _("Words of the question"),
    Column.OPTIONS: _("Options"),
    Column.CHOICES: _("Choices to match"),
    Column.KEY: pgettext_lazy("to a question, as its key says", "Answer"),
    Column.TOLERANCE: _("Tolerance"),
    Column.UNIT: _("Unit"),
    Column.LIMIT: _("Limit of characters"),
    Column.RUBRIC: _("Rubric"),
    Column.EXPLANATION: _("Explanation"),
    Column.SOURCE: _("Source"),
    Column.TOPIC: _("Topic"),
    Column.DIFFICULTY: _("Difficulty"),
    Column.LEVEL: _("Level"),
    Column.MODULE: _("Module"),
    Column.COMPETENCY: _("Competency"),
    Column.LAW: _("Legal basis"),
    Column.CASE: _("Case"),
    Column.FIGURES: _("Pictures"),
    Column.STEM_EN: _("Words of the question, in English"),
    Column.OPTIONS_EN: _("Options, in English"),
    Column.CHOICES_EN: _("Choices to match, in English"),
    Column.UNIT_EN: _("Unit, in English"),
    Column.EXPLANATION_EN: _("Explanation, in English"),
    "title": _("Title"),
    "title_en": _("English title"),
    "text": _("Text of the case"),
    "text_en": _("Text of the case, in English"),
}

# The first heading of each column is the one that the template carries.
HEADINGS: dict[str, tuple[str, ...]] = {
    Column.REF: ("题目代号", "代号", "题号", "编号", "ref", "id"),
    Column.KIND: ("题型", "类型", "kind", "type"),
    Column.STEM: ("题干", "题目", "试题", "stem", "question"),
    Column.OPTIONS: ("选项", "options"),
    Column.CHOICES: ("配对项", "choices"),
    Column.KEY: ("答案", "正确答案", "标准答案", "参考答案", "answer", "key"),
    Column.TOLERANCE: ("允许误差", "误差", "tolerance"),
    Column.UNIT: ("单位", "unit"),
    Column.LIMIT: ("字数上限", "字数", "limit"),
    Column.RUBRIC: ("评分标准", "rubric"),
    Column.EXPLANATION: ("解析", "答案解析", "试题解析", "explanation"),
    Column.SOURCE: ("出处", "来源", "依据", "source"),
    Column.TOPIC: ("主题", "知识点", "topic"),
    Column.DIFFICULTY: ("难度", "难易程度", "difficulty"),
    Column.LEVEL: ("等级", "适用等级", "level"),
    Column.MODULE: ("模块", "module"),
    Column.COMPETENCY: ("能力项", "能力", "competency"),
    Column.LAW: ("法律依据", "legal basis", "law"),
    Column.CASE: ("所属案例", "案例", "case"),
    Column.FIGURES: ("图片", "figures", "pictures"),
    Column.STEM_EN: ("题干（英文）", "stem en", "stem_en"),
    Column.OPTIONS_EN: ("选项（英文）", "options en", "options_en"),
    Column.CHOICES_EN: ("配对项（英文）", "choices en", "choices_en"),
    Column.UNIT_EN: ("单位（英文）", "unit en", "unit_en"),
    Column.EXPLANATION_EN: ("解析（英文）", "explanation en", "explanation_en"),
}
CASE_HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": ("案例代号", "代号", "ref"),
    "title": ("标题", "title"),
    "text": ("案例正文", "正文", "text"),
    "title_en": ("标题（英文）", "title en", "title_en"),
    "text_en": ("案例正文（英文）", "text en", "text_en"),
    "figures": ("图片", "figures", "pictures"),
}
# One column an option: 选项A … 选项J, or "option a".
SINGLE_OPTIONS = {
    f"{word}{letter}": letter for letter in "abcdefghij" for word in ("选项", "option", "选项 ", "option ")
}


def folded(heading: str) -> str:
    """A heading without spaces at its ends, stars and the width of its letters."""
    return " ".join(unicodedata.normalize("NFKC", heading).strip().strip("*:").lower().split())


def _by_heading(headings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(heading): str(name) for name, known in headings.items() for heading in known}


QUESTION_COLUMNS = _by_heading(HEADINGS) | {folded(head): f"option {at}" for head, at in SINGLE_OPTIONS.items()}
CASE_COLUMNS = _by_heading(CASE_HEADINGS)
