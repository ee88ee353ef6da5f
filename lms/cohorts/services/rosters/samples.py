"""Sample rosters: the blank template, a good file, and files with one mistake each."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from lms.accounts.validators import compose_identity_number

from .columns import HEADINGS, Column

_COLUMNS = (Column.NAME, Column.LATIN_NAME, Column.MAIL, Column.NUMBER, Column.EMPLOYER, Column.LEVEL)
_WIDTHS = (14, 22, 30, 24, 34, 8)
_STAMP = datetime(2026, 1, 1)  # noqa: DTZ001 -- workbooks know no zones
_TEXT = "@"

# Invented people and employers. The region 990101 is unassigned, so no number belongs to anybody.
_PEOPLE = (
    ("贺淑敏", "HE Shumin", "he.shumin", date(1986, 3, 14), "汾川精密铸造有限公司（虚构）"),
    ("米建华", "MI Jianhua", "mi.jianhua", date(1991, 7, 2), "汾川精密铸造有限公司（虚构）"),
    ("段文博", "DUAN Wenbo", "duan.wenbo", date(1993, 11, 25), "汾川理工大学技术转移中心（虚构）"),
    ("薛宏伟", "XUE Hongwei", "xue.hongwei", date(1984, 1, 9), "河东生物材料研究所（虚构）"),
    ("吕雪琴", "LYU Xueqin", "lyu.xueqin", date(1990, 5, 26), "河东生物材料研究所（虚构）"),
    ("卫东升", "WEI Dongsheng", "wei.dongsheng", date(1979, 9, 30), "清泉净水设备有限公司（虚构）"),
    ("郝永强", "HAO Yongqiang", "hao.yongqiang", date(1988, 2, 29), "清泉净水设备有限公司（虚构）"),
    ("任建国", "REN Jianguo", "ren.jianguo", date(1982, 12, 18), "汾川市高新区服务中心（虚构）"),
    ("巴图·苏和", "BATU Suhe", "batu.suhe", date(1995, 4, 7), "北山牧草科技有限公司（虚构）"),
    ("冯洁", "FENG Jie", "feng.jie", date(1997, 8, 12), "汾川理工大学技术转移中心（虚构）"),
    ("张晓燕", "ZHANG Xiaoyan", "zhang.xiaoyan", date(1992, 6, 21), "三晋知识产权代理有限公司（虚构）"),
    ("高志远", "GAO Zhiyuan", "gao.zhiyuan", date(1987, 10, 3), "三晋知识产权代理有限公司（虚构）"),
)

Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file and what is to be said about it."""

    name: str
    content: bytes
    about: str


def _headings() -> list[str]:
    return [HEADINGS[column][0] for column in _COLUMNS]


def good_table() -> Table:
    """Headings and twelve invented people."""
    rows = [
        [
            name,
            latin,
            f"{mail}@jiqiao.example",
            compose_identity_number(region="990101", born=born, order=place * 7 + 11),
            employer,
            "初级",
        ]
        for place, (name, latin, mail, born, employer) in enumerate(_PEOPLE)
    ]
    return [_headings(), *rows]


def workbook_bytes(table: Sequence[Sequence[Any]]) -> bytes:
    """A table as an Excel workbook whose cells are text, so that long numbers keep their digits."""
    book = Workbook()
    book.properties.created = book.properties.modified = _STAMP
    page = book.worksheets[0]
    page.title = "名册"
    page.freeze_panes = "A2"
    for row in table:
        page.append(list(row))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEF", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
        page.column_dimensions[column].number_format = _TEXT
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            cell.number_format = _TEXT
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_bytes(table: Table, encoding: str) -> bytes:
    """A table as comma-separated text."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    return out.getvalue().encode(encoding)


def template() -> bytes:
    """The blank roster that a base fills in."""
    return workbook_bytes([_headings(), *([""] * len(_COLUMNS) for _ in range(60))])


def _with(table: Table, row: int, column: Column, text: str) -> Table:
    changed = [list(cells) for cells in table]
    changed[row][_COLUMNS.index(column)] = text
    return changed


def _with_wrong_check_digit(table: Table) -> Table:
    number = table[3][_COLUMNS.index(Column.NUMBER)]
    wrong = "3" if number[-1] != "3" else "4"
    return _with(table, 3, Column.NUMBER, number[:-1] + wrong)


def _without(table: Table, column: Column) -> Table:
    place = _COLUMNS.index(column)
    return [[cell for at, cell in enumerate(row) if at != place] for row in table]


def samples() -> tuple[Sample, ...]:
    """One good file and one for every mistake that bases make."""
    good = good_table()
    empty_row = [*good[:4], [""] * len(_COLUMNS), *good[4:]]
    twice = _with(good, 5, Column.MAIL, good[4][_COLUMNS.index(Column.MAIL)])
    return (
        Sample("roster-good.xlsx", workbook_bytes(good), "twelve rows, all right"),
        Sample("roster-gb18030.csv", text_bytes(good, "gb18030"), "the same rows as text in GB18030"),
        Sample("roster-utf8-bom.csv", text_bytes(good, "utf-8-sig"), "the same rows as text in UTF-8 with BOM"),
        Sample(
            "roster-bad-check-digit.xlsx",
            workbook_bytes(_with_wrong_check_digit(good)),
            "row 4 has a wrong check digit",
        ),
        Sample("roster-empty-row.xlsx", workbook_bytes(empty_row), "row 5 is empty and is left out"),
        Sample(
            "roster-missing-column.xlsx",
            workbook_bytes(_without(good, Column.MAIL)),
            "there is no column of mail addresses; refused as a whole",
        ),
        Sample("roster-duplicate-mail.xlsx", workbook_bytes(twice), "rows 5 and 6 have the same mail address"),
        Sample("roster-not-a-table.xlsx", b"PK\x03\x04 no workbook", "damaged; unreadable"),
    )
