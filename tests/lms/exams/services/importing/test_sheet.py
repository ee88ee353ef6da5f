import io
import zipfile
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from lms.exams.enums import QuestionFormat
from lms.exams.services.importing.files import QuestionsTooLarge, QuestionsUnreadable
from lms.exams.services.importing.gathering import Entry
from lms.exams.services.importing.reading import read_questions
from lms.exams.services.importing.sheet import ColumnMissing
from lms.exams.services.importing.workbooks import OldWorkbook

pytestmark = pytest.mark.unit
TRUTHS = [("正确", "true"), ("√", "true"), ("错", "false"), (True, "true"), ("F", "false")]
HEADS = ["题型", "题干", "选项A", "选项B", "选项C", "答案", "允许误差", "单位", "评分标准", "配对项", "字数上限"]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def book(*rows: list[Any], heads: list[str] = HEADS, title: str = "试题") -> bytes:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = title
    for row in (heads, *rows):
        page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(*rows: list[Any], **how: Any) -> list[Entry]:
    return read_questions(book(*rows, **how), QuestionFormat.XLSX)


def one(*cells: Any) -> Entry:
    (entry,) = read(list(cells))
    return entry


@pytest.mark.parametrize(("typed", "key"), [("B", "b"), ("b", "b"), ("Ｂ", "b"), (" B ", "b")])
def test_a_single_choice_by_its_letter(typed: str, key: str) -> None:
    item = one("单选题", "谁？", "甲", "乙", "丙", typed).item
    assert (item.kind, item.key.option) == ("single", key)


@pytest.mark.parametrize("typed", ["AC", "A,C", "A、C", "Ｃ，Ａ", "a c"])
def test_a_multiple_choice_by_its_letters(typed: str) -> None:
    assert one("多选题", "哪些？", "甲", "乙", "丙", typed).item.key.options == ["a", "c"]


@pytest.mark.parametrize(("typed", "key"), TRUTHS)
def test_true_or_false_in_the_words_that_people_use(typed: Any, key: str) -> None:
    assert one("判断题", "要登记。", None, None, None, typed).item.key.option == key


def test_blanks_by_lines_or_by_gaps_and_semicolons() -> None:
    marked = one("填空题", "自{{1}}起{{2}}日", None, None, None, "登记 | 备案\n三十").item
    assert marked.key.blanks == [["登记", "备案"], ["三十"]]
    gaps = one("填空题", "自____起____日", None, None, None, "登记|备案；三十").item
    assert (gaps.stem, gaps.key.blanks) == (marked.stem, marked.key.blanks)


def test_a_number_in_full_width_digits_with_tolerance_and_units() -> None:
    item = one(
        "数值题", "多少？", None, None, None, "１，２００.50", "0.5; 2%", "wan = 万元 = 1\nyuan = 元 = 0.0001"
    ).item
    assert (item.key.value, item.key.tolerance, item.key.tolerance_percent) == ("1200.5", "0.5", "2")
    assert [(unit.id, unit.text, unit.factor) for unit in item.units] == [
        ("wan", "万元", "1"),
        ("yuan", "元", "0.0001"),
    ]
    assert one("计算题", "多少？", None, None, None, 47, None, "万元").item.unit == "万元"


def test_matching_and_ordering() -> None:
    pairs = one("配对题", "配", "许可", "转让", None, "a=x2\nb=1", None, None, None, "x1 = 换主\nx2 = 使用").item
    assert pairs.key.pairs == {"a": "x2", "b": "x1"}
    assert one("排序题", "排", "查", "谈", "签", "CAB").item.key.order == ["c", "a", "b"]


def test_an_essay_with_its_rubric() -> None:
    rubric = "[status] 法律状态\n4: 查登记簿\n0：没有提到"
    item = one("论述题", "谈谈。", None, None, None, "先查登记", None, None, rubric, None, 600).item
    (criterion,) = item.key.rubric.criteria
    assert (item.limit, item.key.model, criterion.id, criterion.max) == (600, "先查登记", "status", "4")
    assert [level.points for level in criterion.levels] == ["4", "0"]


def test_a_sheet_for_one_kind_is_named_by_it() -> None:
    (entry,) = read(["谁？", "甲", "乙", "A"], heads=["试题", "选项A", "选项B", "正确答案"], title="单选题")
    assert (entry.item.kind, entry.item.key.option) == ("single", "a")


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        (("猜谜题", "谁？", "甲", "乙", None, "A"), "kind", "“猜谜题” is no kind of question that the bank knows."),
        (("单选题", "谁？", "甲", "乙", None, "D"), "key", "The answer names “d”, which is none of the options."),
        (("单选题", None, "甲", "乙", None, "A"), "stem", "“Words of the question” is missing."),
        (("单选题", "谁？", "甲", None, None, "A"), "key", "The answer is the letter of one option"),
        (("判断题", "对？", None, None, None, "也许"), "key", "The answer of a true or false question"),
        (("填空题", "自{{1}}起{{2}}日", None, None, None, "登记"), "stem", "The words mark the blanks"),
        (("数值题", "多少？", None, None, None, "很多"), "key", "“很多” is not a number."),
        (("论述题", "谈。", None, None, None, "x", None, None, "随便给分"), "rubric", "A rubric has lines like"),
        (("论述题", "谈。", None, None, None, "x", None, None, None, None, "9"), "limit", "The limit of an essay"),
        (("单选题", "=1+1", "甲", "乙", None, "A"), "stem", "This is a formula. Type the text itself."),
        (("单选题", "谁" * 8001, "甲", "乙", None, "A"), "stem", "This is longer than 8,000 characters."),
    ],
)
def test_a_fault_is_told_in_its_cell(cells: tuple[Any, ...], field: str, said: str) -> None:
    entry = one(*cells)
    assert entry.item is None
    assert entry.flaws[field].startswith(said)


def test_a_text_that_only_looks_like_a_formula_is_a_text() -> None:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.append(HEADS)
    page.append(["单选题", "x", "甲", "乙", None, "A"])
    page["B2"].value = "=号两边是什么？"
    page["B2"].data_type = "s"
    out = io.BytesIO()
    workbook.save(out)
    (entry,) = read_questions(out.getvalue(), QuestionFormat.XLSX)
    assert entry.item.stem == "=号两边是什么？"


def test_rich_text_gives_its_letters_and_says_what_is_lost() -> None:
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
    runs = f'<si><r><t>10 m</t></r>{raised}<r><t xml:space="preserve"> 够吗？</t></r></si>'
    content = _with_shared_string(book(["判断题", "RICH", None, None, None, "对"]), "RICH", runs)
    (entry,) = read_questions(content, QuestionFormat.XLSX)
    assert entry.item.stem == "10 m2 够吗？"
    assert "Bold, colours and the like are not carried over." in entry.notes


def test_columns_that_nobody_reads_are_named_once() -> None:
    entries = read(
        ["单选题", "一？", "甲", "乙", "A", "记"],
        ["单选题", "二？", "甲", "乙", "A", "记"],
        heads=["题型", "题干", "选项A", "选项B", "答案", "备注"],
    )
    told = "These columns are not read: 备注."
    assert [told in entry.notes for entry in entries] == [True, False]


def test_a_sheet_of_cases_goes_with_its_questions() -> None:
    workbook = Workbook()
    page = workbook.worksheets[0]
    for row in (["题型", "题干", "答案", "案例"], ["判断题", "漏水？", "对", "pump"]):
        page.append(row)
    cases = workbook.create_sheet("案例")
    for row in (["案例代号", "标题", "案例正文"], ["pump", "水泵", "夏天漏水。"]):
        cases.append(row)
    out = io.BytesIO()
    workbook.save(out)
    question, case = read_questions(out.getvalue(), QuestionFormat.XLSX)
    assert (question.case, case.ref, case.case_text["text"]) == ("pump", "pump", "夏天漏水。")


def _with_shared_string(content: bytes, text: str, runs: str) -> bytes:
    """The workbook as Excel would have written it: the words of a cell in the table of strings, run by run."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"].decode()
    inline = f't="inlineStr"><is><t>{text}</t></is>'
    assert inline in sheet
    files["xl/worksheets/sheet1.xml"] = sheet.replace(inline, 't="s"><v>0</v>').encode()
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{space}" count="1" uniqueCount="1">{runs}</sst>'.encode()
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{part}"/></Types>'
    types = files["[Content_Types].xml"].decode()
    if part not in types:
        files["[Content_Types].xml"] = types.replace("</Types>", entry).encode()
    return _zip(**files)


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"old", OldWorkbook),
        (b"PK\x03\x04 no workbook", QuestionsUnreadable),
        (b"plain words", QuestionsUnreadable),
        (_zip(a=b"0" * (49 * 1024 * 1024)), QuestionsTooLarge),
        (_zip(a=b"words"), QuestionsUnreadable),
        (book(["谁"], heads=["姓名"]), ColumnMissing),
        (book(["单选题", "谁？", "甲", "乙", None, "A"])[:2000], QuestionsUnreadable),
    ],
)
def test_hostile_and_foreign_files_are_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_questions(content, QuestionFormat.XLSX)


def test_more_than_two_thousand_questions_are_refused() -> None:
    with pytest.raises(QuestionsTooLarge):
        read(*(["判断题", f"{number}？", None, None, None, "对"] for number in range(2001)))
