"""A bank as an Excel workbook, and the blank template: the same columns, an explanation of each, the allowed words."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item
from lms.exams.services.importing.cells import blanks_cell, list_cell, rubric_cell
from lms.exams.services.importing.columns import CASE_HEADINGS, HEADINGS, REQUIRED, Column
from lms.exams.services.importing.sheet_rows import KIND_NAMES

from .explaining import EXAMPLES, MEANINGS
from .gathering import Content, Outgoing, Written

STAMP = datetime(2026, 1, 1)  # noqa: DTZ001 -- workbooks know no zones
TEXT = "@"
LETTERS = "abcdefghij"
SHEETS = ("试题", "案例", "说明", "代码")
_WIDE: dict[str, int] = {Column.STEM: 46, Column.EXPLANATION: 40, Column.SOURCE: 26, Column.RUBRIC: 34, Column.KEY: 22}
_DIFFICULTIES = {"easy": "易", "medium": "中", "hard": "难"}
_LEVELS = {"junior": "初级", "intermediate": "中级", "senior": "高级"}
_FIRST = (Column.REF, Column.KIND, Column.STEM)


@dataclass(frozen=True, slots=True)
class Codes:
    """The words that a bank's sheet may use, beside those that every sheet knows."""

    topics: Sequence[tuple[str, str]] = ()
    laws: Sequence[tuple[str, str, str]] = ()
    competencies: Sequence[tuple[str, str]] = field(default_factory=tuple)


def columns() -> list[str]:
    """Every column in its order; options have one each."""
    rest = [column for column in HEADINGS if column not in (*_FIRST, Column.OPTIONS)]
    return [*_FIRST, *(f"option {letter}" for letter in LETTERS), Column.OPTIONS, *rest]


def heading(column: str) -> str:
    """What stands above a column."""
    if column.startswith("option "):
        return f"选项{column[-1].upper()}"
    return HEADINGS[column][0] + ("*" if column in REQUIRED else "")


def put(page: Worksheet, row: int, column: int, text: str) -> None:
    """A text as a text, whatever it begins with: nothing that was typed becomes a formula."""
    cell = page.cell(row=row, column=column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lettered(item: Item) -> bool:
    return [option.id for option in item.options] == list(LETTERS[: len(item.options)])


def _key_cell(item: Item) -> str:
    key = item.key
    if key.option is not None:
        if item.kind == QuestionKind.TRUE_FALSE:
            return "正确" if key.option == "true" else "错误"
        return key.option.upper() if _lettered(item) else key.option
    if key.options is not None or key.order is not None:
        named = key.options or key.order or []
        return "".join(named).upper() if _lettered(item) else ", ".join(named)
    if key.pairs is not None:
        return "\n".join(f"{left}={right}" for left, right in key.pairs.items())
    return blanks_cell(key.blanks) if key.blanks else (key.value or key.model or "")


def _tolerance(item: Item) -> str:
    percent = f"{item.key.tolerance_percent}%" if item.key.tolerance_percent else ""
    return "; ".join(part for part in (item.key.tolerance or "", percent) if part)


def _unit(item: Item) -> str:
    return list_cell((unit.id, unit.text, unit.factor) for unit in item.units) or item.unit


def _options(item: Item) -> dict[str, str]:
    if item.kind == QuestionKind.TRUE_FALSE:
        return {}
    if _lettered(item):
        return {f"option {option.id}": option.text for option in item.options}
    return {Column.OPTIONS: list_cell((option.id, option.text) for option in item.options)}


def _twins(entries: Iterable[Any]) -> str:
    return list_cell((entry.id, entry.text_en) for entry in entries if entry.text_en)


def row_of(question: Outgoing) -> dict[str, str]:
    """The cells of one question, by column."""
    item = question.item
    return {
        **{name: getattr(item, name) for name in ("ref", "stem", "stem_en", "explanation", "explanation_en", "source")},
        **{name: getattr(item, name) for name in ("topic", "competency")},
        **_options(item),
        Column.KIND: KIND_NAMES[item.kind],
        Column.CHOICES: list_cell((choice.id, choice.text) for choice in item.choices),
        Column.KEY: _key_cell(item),
        Column.TOLERANCE: _tolerance(item),
        Column.UNIT: _unit(item),
        Column.LIMIT: str(item.limit or ""),
        Column.RUBRIC: rubric_cell(item.key.rubric.model_dump()["criteria"]) if item.key.rubric else "",
        Column.DIFFICULTY: _DIFFICULTIES[item.difficulty],
        Column.LEVEL: _LEVELS.get(item.level, item.level),
        Column.MODULE: question.module,
        Column.LAW: "\n".join(f"{basis.law}/{basis.article}/{basis.as_of.isoformat()}" for basis in item.law),
        Column.CASE: question.case,
        Column.FIGURES: "\n".join(item.figures),
        Column.OPTIONS_EN: _twins(item.options),
        Column.CHOICES_EN: _twins(item.choices),
        Column.UNIT_EN: _twins(item.units) or item.unit_en,
    }


def lay_out(page: Worksheet, names: Sequence[str], headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Headings that stay in sight, and the rows below them as text."""
    page.freeze_panes = "D2" if len(names) > 10 else "B2"
    for at, (name, head) in enumerate(zip(names, headings, strict=True), start=1):
        put(page, 1, at, head)
        page.cell(row=1, column=at).font = Font(bold=True)
        page.cell(row=1, column=at).fill = PatternFill("solid", fgColor="FFE8EEF0")
        column = page.column_dimensions[get_column_letter(at)]
        column.width = _WIDE.get(name, 16)
        column.number_format = TEXT
    for number, row in enumerate(rows, start=2):
        for at, name in enumerate(names, start=1):
            if row.get(name):
                put(page, number, at, row[name])


def _offer(page: Worksheet, column: int, words: Iterable[str]) -> None:
    """A list to choose from in the cells of a column."""
    offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    page.add_data_validation(offered)
    letter = get_column_letter(column)
    offered.add(f"{letter}2:{letter}2001")


def _explain(page: Worksheet) -> None:
    """What each column holds, with an example; in the language now active."""
    names = ("column", "needed", "meaning", "example")
    heads = (_("Column"), _("Needed"), _("What the column holds"), _("Example"))
    rows = [
        {
            "column": heading(column),
            "needed": _("always") if column in REQUIRED else "",
            "meaning": str(MEANINGS[column]),
            "example": EXAMPLES.get(column, ""),
        }
        for column in HEADINGS
    ]
    lay_out(page, names, heads, rows)
    for letter, width in zip("ABCD", (18, 10, 70, 46), strict=True):
        page.column_dimensions[letter].width = width


def _allow(page: Worksheet, codes: Codes) -> None:
    """The words that a sheet may use."""
    known = [
        *(("题型", name, kind) for kind, name in KIND_NAMES.items()),
        *(("难度", name, code) for code, name in _DIFFICULTIES.items()),
        *(("等级", name, code) for code, name in _LEVELS.items()),
        *(("主题", title, code) for code, title in codes.topics),
        *(("能力项", title, code) for code, title in codes.competencies),
        *(("法律依据", f"{title}（{day} 起施行）", f"{code}/…/{day}") for code, title, day in codes.laws),
    ]
    rows = [{"column": column, "title": title, "code": code} for column, title, code in known]
    lay_out(page, ("column", "title", "code"), (_("Column"), _("Means"), _("Code")), rows)
    for letter, width in zip("ABC", (14, 46, 40), strict=True):
        page.column_dimensions[letter].width = width


def _book(questions: Iterable[Outgoing], cases: Mapping[str, Mapping[str, Any]], codes: Codes) -> bytes:
    book = Workbook()
    book.properties.created = book.properties.modified = STAMP
    pages = [book.worksheets[0], *(book.create_sheet() for _name in SHEETS[1:])]
    for page, title in zip(pages, SHEETS, strict=True):
        page.title = title
    names = columns()
    lay_out(pages[0], names, [heading(name) for name in names], (row_of(question) for question in questions))
    _offer(pages[0], names.index(Column.KIND) + 1, KIND_NAMES.values())
    _offer(pages[0], names.index(Column.DIFFICULTY) + 1, _DIFFICULTIES.values())
    _offer(pages[0], names.index(Column.LEVEL) + 1, _LEVELS.values())
    texts = [{**body, "ref": ref, "figures": "\n".join(body.get("figures", []))} for ref, body in cases.items()]
    lay_out(pages[1], list(CASE_HEADINGS), [heads[0] for heads in CASE_HEADINGS.values()], texts)
    _explain(pages[2])
    _allow(pages[3], codes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template(codes: Codes) -> bytes:
    """The blank sheet that authors fill in."""
    return _book((), {}, codes)


def write_xlsx(content: Content, codes: Codes | None = None) -> Written:
    """Every question; pictures stay in the bank and are named."""
    return Written(_book(content.questions, content.cases, codes or Codes()))
