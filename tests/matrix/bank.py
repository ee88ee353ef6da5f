"""The question bank: trainers and managers of the base that keeps it, and nobody else of the base."""

from lms.exams.services import casing, figures, reviewing
from tests.factories.accounts import BEGINNING
from tests.factories.bank import a_picture, empty_bank, make_draft, make_law

from .rows import Row, cells
from .world import Base

AUTHOR, READER = "user:0", "user:00"


def build(base: Base) -> None:
    bank = base.things["exams.bank"] = empty_bank(base.organisation)
    said = {"title": "案例", "text": "甲乙签约。"}
    base.things["exams.draft"] = make_draft(bank, actor=AUTHOR)
    reviewed = make_draft(bank, actor=AUTHOR, ref="reviewed-question")
    base.things["exams.reviewed"] = reviewing.review(version=reviewed, actor=READER, now=BEGINNING)
    base.things["exams.case"] = casing.create_case(bank=bank, ref="case", said=said, actor=AUTHOR, now=BEGINNING)
    base.things["exams.figure"] = figures.keep_figure(
        bank=bank, name="a.png", content=a_picture(), alt="阀门", now=BEGINNING
    )
    base.things["exams.law"] = make_law(f"law-{base.organisation.code.lower()}")


def _bank(base: Base, end: str = "") -> str:
    return f"/desk/bank/{base.things['exams.bank'].pk}/{end}"


def _question(base: Base, name: str, end: str = "") -> str:
    return f"/desk/bank/question/{base.things[name].question.uid}/{end}"


def _case(base: Base, end: str = "") -> str:
    return f"/desk/bank/case/{base.things['exams.case'].uid}/{end}"


KEEPERS = cells("login 403 403 200 200 403 403 403 200")
OWN = cells("login 404 404 200 200 404 404 404 200")
FOREIGN = cells("login 404 404 404 404 404 404 404 200")
DONE = cells("login 404 404 302 302 404 404 404 302")
DONE_ELSEWHERE = cells("login 404 404 404 404 404 404 404 302")
EDITORS = cells("login 403 403 403 403 403 403 403 200")

ROWS = [
    Row("exams:banks", lambda base: "/desk/bank/", KEEPERS),
    Row("exams:bank-new", lambda base: "/desk/bank/new/", KEEPERS),
    Row("exams:laws", lambda base: "/desk/bank/laws/", KEEPERS),
    Row("exams:law", lambda base: f"/desk/bank/laws/{base.things['exams.law'].code}/", EDITORS),
    Row(
        "exams:law",
        lambda base: f"/desk/bank/laws/{base.things['exams.law'].code}/",
        cells("login 403 403 403 403 403 403 403 302"),
        method="post",
        data=lambda base: {"in_force_from": "2026-05-01", "source": "公布的文本"},
    ),
    Row("exams:bank", _bank, OWN, FOREIGN),
    Row("exams:bank-figures", lambda base: _bank(base, "figures/"), OWN, FOREIGN),
    Row("exams:bank-figure", lambda base: f"/desk/bank/figures/{base.things['exams.figure'].uid}/", OWN, FOREIGN),
    Row("exams:question-new", lambda base: _bank(base, "new/essay/"), OWN, FOREIGN),
    Row("exams:case-new", lambda base: _bank(base, "new/case/"), OWN, FOREIGN),
    Row("exams:case", _case, OWN, FOREIGN),
    Row("exams:case-edit", lambda base: _case(base, "edit/"), OWN, FOREIGN),
    Row("exams:question-edit", lambda base: _question(base, "exams.draft", "edit/"), OWN, FOREIGN),
    Row("exams:bank-question", lambda base: _question(base, "exams.draft"), OWN, FOREIGN),
    Row(
        "exams:bank-question",
        lambda base: _question(base, "exams.draft"),
        DONE,
        DONE_ELSEWHERE,
        method="post",
        data=lambda base: {"act": "review", "version": "1"},
    ),
    Row(
        "exams:bank-question",
        lambda base: _question(base, "exams.reviewed"),
        # A trainer keeps the bank, and is told that publishing is the manager's.
        cells("login 404 404 403 302 404 404 404 302"),
        DONE_ELSEWHERE,
        method="post",
        data=lambda base: {"act": "publish", "version": "1"},
    ),
]
