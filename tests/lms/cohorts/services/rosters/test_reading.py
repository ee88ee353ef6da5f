import io
import zipfile
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from lms.cohorts.services.rosters import read_roster
from lms.cohorts.services.rosters.columns import Column
from lms.cohorts.services.rosters.samples import good_table, samples, template, text_bytes, workbook_bytes
from lms.cohorts.services.rosters.sheet import (
    MAX_BYTES,
    MAX_ROWS,
    ColumnMissing,
    OldWorkbook,
    RosterTooLarge,
    RosterUnreadable,
)

pytestmark = pytest.mark.unit

HEAD = ["姓名", "邮箱", "身份证号"]


def as_workbook(rows: list[list[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def flaws(content: bytes) -> list[tuple[int, str, str]]:
    return [(row.number, flaw.column, flaw.code) for row in read_roster(content).rows for flaw in row.flaws]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_table_reads_the_same_in_every_encoding(encoding) -> None:
    expected = read_roster(workbook_bytes(good_table())).rows
    assert read_roster(text_bytes(good_table(), encoding)).rows == expected
    assert len(expected) == 12
    assert expected[8].cells[Column.NAME] == "巴图·苏和"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_a_text_table_may_be_parted_by_any_usual_sign(delimiter) -> None:
    text = delimiter.join(HEAD) + "\n" + delimiter.join(["冯洁", "feng@jiqiao.example", ""])
    assert read_roster(text.encode()).rows[0].cells == {
        Column.NAME: "冯洁",
        Column.MAIL: "feng@jiqiao.example",
        Column.NUMBER: "",
    }


def test_a_title_above_the_headings_and_other_columns_do_no_harm() -> None:
    rows = [
        ["2026 秋季班报名表"],
        [],
        ["序号", "学员姓名*", "电子邮箱（必填）", "手机"],
        [1, "冯洁", "f@x.example", "—"],
    ]
    sheet = read_roster(as_workbook(rows))
    assert sheet.unread == ("序号", "手机")
    assert [(row.number, row.cells) for row in sheet.rows] == [(4, {Column.NAME: "冯洁", Column.MAIL: "f@x.example"})]


def test_rows_keep_the_numbers_that_excel_shows_and_an_empty_end_is_cut() -> None:
    rows = [HEAD, ["冯洁", "f@x.example", ""], ["", "", ""], ["高志远", "g@x.example", ""], ["", " ", ""], []]
    sheet = read_roster(as_workbook(rows))
    assert [(row.number, row.is_empty) for row in sheet.rows] == [(2, False), (3, True), (4, False)]


def test_the_template_is_an_empty_roster() -> None:
    assert read_roster(template()).rows == ()


def test_a_formula_and_a_rounded_number_are_flaws_of_their_cells() -> None:
    rows = [HEAD, ["=HYPERLINK(1)", "f@x.example", 990101199005260170]]
    assert flaws(as_workbook(rows)) == [(2, "name", "formula"), (2, "identity_number", "number-rounded")]
    assert flaws("姓名,邮箱,身份证号\n@SUM(1),f@x.example,9.90101E+17\n".encode()) == [
        (2, "name", "formula"),
        (2, "identity_number", "number-rounded"),
    ]
    assert flaws(as_workbook([HEAD, ["长" * 201, "f@x.example", ""]])) == [(2, "name", "too-long")]


def test_numbers_and_dates_become_the_text_that_people_see() -> None:
    sheet = read_roster(as_workbook([HEAD, [7.0, "f@x.example", 12345678], [2.5, date(2026, 9, 1), None]]))
    assert [list(row.cells.values()) for row in sheet.rows] == [
        ["7", "f@x.example", "12345678"],
        ["2.5", "2026-09-01", ""],
    ]


def test_a_missing_column_is_named_in_both_languages() -> None:
    content = next(sample.content for sample in samples() if sample.name == "roster-missing-column.xlsx")
    with pytest.raises(ColumnMissing) as refusal:
        read_roster(content)
    with override("en"):
        assert str(refusal.value) == ("The table has no column “Mail address”. The first row must carry the headings.")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", ColumnMissing),
        (b"PK\x03\x04 no workbook", RosterUnreadable),
        (b"%PDF-1.7\n\xff\x00", RosterUnreadable),
        (b"\xff\xfe\x00", RosterUnreadable),
        (bytes.fromhex("d0cf11e0a1b11ae1"), OldWorkbook),
        (b"a" * (MAX_BYTES + 1), RosterTooLarge),
    ],
)
def test_what_is_no_roster_is_refused_by_name(content, refusal) -> None:
    with pytest.raises(refusal):
        read_roster(content)


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    with pytest.raises(RosterTooLarge):
        read_roster(out.getvalue())


def test_a_zip_that_is_no_workbook_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(RosterUnreadable):
        read_roster(out.getvalue())


def test_more_rows_than_a_roster_has_are_refused() -> None:
    lines = "\n".join(f"人{n},p{n}@x.example" for n in range(MAX_ROWS))
    with pytest.raises(RosterTooLarge):
        read_roster(f"姓名,邮箱\n{lines}".encode())
