"""Looking through the lessons' files for what readers, lawyers and examiners would find."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cms.foundation.services.checking import Fault, register_check
from courses.blocks import DRAWINGS
from lms.exams.services.bank_file import DATA as EXAM_DATA
from lms.exams.services.bank_file import read_bank

from .claims import DATA, OWN, FactStatus, facts_in, registered_twice, standing_of_facts, unverified_in
from .files import Lesson, lessons_in
from .measuring import LONGEST, SHORTEST, characters_of, minutes_carried, plain, questions_of
from .repeating import Said, repeats_in

QUESTIONS = 3
BANKS = EXAM_DATA / "banks"
# A share of right answers above which a reader guesses well without reading.
GUESSED = Decimal("0.5")
FEW = 6
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]+条")
_LITERAL = re.compile(r"\bstyle=|<style|<script|#[0-9a-fA-F]{3,8}\b(?![^<]*</(?:title|desc|text)>)|\bon[a-z]+=")


@register_check("lessons")
def check_lessons(data: Path = DATA, drawings: Path = DRAWINGS) -> Iterator[Fault]:
    """Everything that is wrong in the lessons' files, the registry of facts and the drawings."""
    facts = facts_in(data / "facts")
    for code in registered_twice(facts):
        yield Fault(f"facts/{code}", "fact-twice", _("The registry has this fact twice."))
    courses = {folder.name: list(lessons_in(folder)) for folder in sorted(data.iterdir()) if _is_course(folder)}
    lessons = [lesson for course in courses.values() for lesson in course]
    for lesson in lessons:
        yield from _one(lesson, standing_of_facts(facts), drawings)
    for course, of_course in courses.items():
        yield from _guessable(course, of_course)
    yield from _repeated(lessons)


@register_check("questions of exams")
def check_exam_questions(data: Path = DATA) -> Iterator[Fault]:
    """What the exams' questions rest on: keys on verified facts, and nothing stated that is not verified."""
    standing = standing_of_facts(facts_in(data / "facts"))
    for bank in (path for path in sorted(BANKS.iterdir()) if path.is_dir()):
        for item in read_bank(bank).every_item():
            where = f"banks/{bank.name}/{item.ref}"
            for code in item.rests_on:
                if code != OWN and standing.get(code) != FactStatus.VERIFIED:
                    told = _("The key rests on %(code)s, which is no verified fact.")
                    yield Fault(where, "key-unverified", told % {"code": code})
            for statement, sentence in unverified_in(f"{item.stem} {item.explanation}"):
                told = _("“%(sentence)s” states what is not verified: %(reason)s")
                yield Fault(where, "unverified", told % {"sentence": sentence[:60], "reason": statement.reason})


def _is_course(folder: Path) -> bool:
    return (folder / "course.yaml").is_file()


def _one(lesson: Lesson, standing: dict[str, str], drawings: Path) -> Iterator[Fault]:
    yield from _measure(lesson)
    yield from _sources(lesson)
    yield from _keys(lesson, standing)
    yield from _statements(lesson)
    yield from _figures(lesson, drawings)
    yield from _twin(lesson)


def _measure(lesson: Lesson) -> Iterator[Fault]:
    length = characters_of(lesson.blocks)
    if not SHORTEST <= length <= LONGEST:
        told = _("The lesson has %(length)s characters; it takes %(shortest)s to %(longest)s.")
        yield lesson.fault("length", told % {"length": length, "shortest": SHORTEST, "longest": LONGEST})
    checks = len(lesson.values("check"))
    if checks != QUESTIONS:
        told = _("The lesson has %(checks)s inline questions, not three.")
        yield lesson.fault("questions", told % {"checks": checks})
    carried = minutes_carried(lesson.blocks)
    if lesson.data["minutes"] > carried + 1:
        told = _("The lesson declares %(declared)s minutes and carries %(carried)s.")
        yield lesson.fault("minutes", told % {"declared": lesson.data["minutes"], "carried": f"{carried:.1f}"})


def _sources(lesson: Lesson) -> Iterator[Fault]:
    sources = [source for block in lesson.values("sources") for source in block]
    if not sources:
        yield lesson.fault("sources", _("The lesson names no source."))
    for source in sources:
        if source["kind"] == "statute" and not _ARTICLE.search(source["detail"]):
            told = _("The statute “%(title)s” is named without its articles.")
            yield lesson.fault("sources", told % {"title": source["title"]})


def _keys(lesson: Lesson, standing: dict[str, str]) -> Iterator[Fault]:
    for code in lesson.data.get("facts", []):
        if code not in standing:
            yield lesson.fault("fact-unknown", _("The registry has no fact %(code)s.") % {"code": code})
    for question in questions_of(lesson.blocks):
        for code in question.get("rests_on") or ["—"]:
            if code != OWN and standing.get(code) != FactStatus.VERIFIED:
                told = _("The key of “%(question)s” rests on %(code)s, which is no verified fact.")
                yield lesson.fault("key-unverified", told % {"question": question["question"][:40], "code": code})


def _statements(lesson: Lesson) -> Iterator[Fault]:
    for text in lesson.texts():
        for statement, sentence in unverified_in(plain(text)):
            told = _("“%(sentence)s” states what is not verified: %(reason)s")
            yield lesson.fault("unverified", told % {"sentence": sentence[:60], "reason": statement.reason})


def _figures(lesson: Lesson, drawings: Path) -> Iterator[Fault]:
    names = [figure["drawing"] for figure in lesson.values("figure") if figure.get("drawing")]
    names += [figure["drawing"] for figure in lesson.english_values("figure") if figure.get("drawing")]
    if not names and not lesson.values("table"):
        yield lesson.fault("figure", _("The lesson has neither a figure nor a table of its own."))
    for name in (f"{name}{width}" for name in names for width in ("", "-narrow")):
        path = drawings / f"{name}.svg"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not re.search(r"<title[ >].+?</title>", text) or not re.search(r"<desc[ >].+?</desc>", text, re.DOTALL):
            yield lesson.fault(
                "drawing", _("The drawing %(name)s is missing, or has no title or words.") % {"name": name}
            )
        elif _LITERAL.search(text):
            yield lesson.fault("drawing", _("The drawing %(name)s carries script, style or colours.") % {"name": name})


def _twin(lesson: Lesson) -> Iterator[Fault]:
    """The English has the same blocks, tables and options in the same order, with the same right answers."""
    if lesson.english is None:
        return
    for number, (one, two) in enumerate(zip(_shapes(lesson.blocks), _shapes(lesson.english), strict=False), start=1):
        if one != two:
            told = _("Block %(number)s is %(one)s in Chinese and %(two)s in English.")
            yield lesson.fault("twin", told % {"number": number, "one": one, "two": two})
            return
    if len(lesson.blocks) != len(lesson.english):
        told = _("The Chinese has %(one)s blocks, the English %(two)s.")
        yield lesson.fault("twin", told % {"one": len(lesson.blocks), "two": len(lesson.english)})


def _shapes(blocks: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(kind, *_shape(kind, value)) for block in blocks for kind, value in block.items()]


def _shape(kind: str, value: Any) -> tuple[Any, ...]:
    match kind:
        case "table":
            return len(value["columns"]), tuple(len(row) for row in value["rows"])
        case "check":
            return (tuple(bool(option.get("right")) for option in value["options"]),)
        case "case":
            return tuple(_shape("check", question) for question in value["questions"])
        case "checklist":
            return (len(value["items"]),)
        case "callout":
            return (value["kind"],)
    return ()


def _guessable(course: str, lessons: list[Lesson]) -> Iterator[Fault]:
    questions = [question for lesson in lessons for question in questions_of(lesson.blocks)]
    if len(questions) < FEW:
        return
    where = f"{course}/course.yaml"
    longest = _share(sum(_right_is_longest(question) for question in questions), len(questions))
    if longest > GUESSED:
        told = _("The right answer is the longest in %(share)s %% of %(all)s questions.")
        yield Fault(where, "guessable", told % {"share": f"{longest * 100:.0f}", "all": len(questions)})
    places = [_right_place(question) for question in questions]
    for place in sorted(set(places)):
        share = _share(places.count(place), len(questions))
        if share > GUESSED:
            told = _("The right answer is number %(place)s in %(share)s %% of %(all)s questions.")
            figures = {"place": place, "share": f"{share * 100:.0f}", "all": len(questions)}
            yield Fault(where, "guessable", told % figures)


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole


def _right_place(question: dict[str, Any]) -> int:
    return next((n for n, option in enumerate(question["options"], start=1) if option.get("right")), 0)


def _right_is_longest(question: dict[str, Any]) -> bool:
    right = max(len(str(option["text"])) for option in question["options"] if option.get("right"))
    return all(len(str(option["text"])) < right for option in question["options"] if not option.get("right"))


def _repeated(lessons: list[Lesson]) -> Iterator[Fault]:
    for repeat in repeats_in(
        Said(lesson.where, lesson.where, text) for lesson in lessons for text in lesson.passages()
    ):
        told = _("“%(text)s” is also in %(where)s.")
        yield Fault(repeat.other.where, "repeated", told % {"text": repeat.other.text[:40], "where": repeat.one.where})
    drawn: dict[str, str] = {}
    for lesson in lessons:
        for figure in lesson.values("figure"):
            first = drawn.setdefault(str(figure.get("drawing")), lesson.where)
            if first != lesson.where:
                told = _("The figure %(name)s is also in %(where)s.")
                yield lesson.fault("figure-repeated", told % {"name": figure["drawing"], "where": first})
