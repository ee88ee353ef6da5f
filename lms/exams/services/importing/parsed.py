"""A question as it was read from a file, before anybody has judged whether it is a right one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.services.fingerprint import shuffled

Sentence = str | Promise
# Three underscores or more are how every format but ours leaves a blank.
GAP = re.compile(r"[_＿]{3,}")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# True and false keep the names that the bank's own files give them.
TRUTHS = (("true", "正确", "True"), ("false", "错误", "False"))

FEEDBACK = _("Feedback on single answers is not carried over.")
WEIGHTS = _("Part of the points for part of the answer is not carried over: all right answers and no other count.")
POINTS = _("Its points are not carried over: an exam's blueprint gives them.")
TWO_RIGHT = _("Several answers of this single choice are right by themselves, which this bank cannot hold.")
NO_RIGHT = _("No answer is marked as right.")
WILDCARD = _("An answer with a wildcard (*) is not carried over: “%(answer)s”.")
PART_WORDING = _("A wording worth part of the points is not carried over: “%(answer)s”.")
MORE_NUMBERS = _(
    "Only the first fully right number is carried over; others and those worth part of the points are not."
)
TOO_LONG = _("It is longer than %(most)s characters.")
NOT_A_NUMBER = _("“%(text)s” is not a number.")
DESCRIPTION = _("A description is no question. As the text of a case it is read when it carries the tag “case:…”.")


def said(sentence: Sentence, **params: str) -> str:
    """A sentence with what it speaks of, in the language now active."""
    return str(sentence) % params if params else str(sentence)


def listed(names: Iterable[str]) -> str:
    """Names in one sentence, parted as the language parts them."""
    return (", " if get_language() == "en" else "、").join(names)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came along, by the name under which the words show it."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(slots=True)
class Parsed:
    """One entry of a file: the fields of an item so far, what was lost on the way, or why it is none.

    `place` says where in the file it stands. `tags` are `name:value` in the formats that have tags.
    `error` is a fault of the file; `skipped` something that is right there and has no place here.
    """

    place: str
    name: str = ""
    ref: str = ""
    kind: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    # Fields that the file does not say, whose values stand in.
    unsaid: set[str] = field(default_factory=set)
    category: str = ""
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    error: str = ""
    skipped: str = ""
    case: str = ""
    is_case: bool = False
    # Where a fault stands in a sheet: {field: sentence}.
    flaws: dict[str, str] = field(default_factory=dict)

    def note(self, sentence: Sentence, **params: str) -> None:
        """Say once what is not carried over."""
        words = said(sentence, **params)
        if words not in self.notes:
            self.notes.append(words)

    def tag(self, name: str) -> str:
        """The first value of a tag, or nothing."""
        return next((tag[len(name) + 1 :].strip() for tag in self.tags if tag.startswith(f"{name}:")), "")

    def all_of(self, name: str) -> list[str]:
        """Every value of a tag."""
        return [tag[len(name) + 1 :].strip() for tag in self.tags if tag.startswith(f"{name}:")]


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its English twin."""

    text: str
    text_en: str = ""

    def entry(self, key: str) -> dict[str, str]:
        """As an option of a question."""
        return {"id": key, "text": self.text, "text_en": self.text_en}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, and the part of the points it is worth by itself, in percent."""

    words: Words
    percent: float


def names_for(entries: list[Any], wanted: str) -> list[str]:
    """The ids that a tag gives to the entries in their order; a, b, c … where it does not fit."""
    given = [name.strip() for name in wanted.split(",") if name.strip()]
    fits = len(given) == len(entries) == len(set(given))
    return given if fits else [LETTERS[at] if at < len(LETTERS) else f"o{at + 1}" for at in range(len(entries))]


def choose(parsed: Parsed, choices: list[Choice], *, single: bool) -> None:
    """Make it a choice. Where the right answer stands first, as writers like it, the order is drawn.

    The ids of options are seen by candidates; were the first of them right by habit, they would tell.
    """
    ids = parsed.tag("ids")
    right = [choice for choice in choices if choice.percent >= (100 if single else 0.00001)]
    if any(0 < choice.percent < 100 for choice in choices):
        parsed.note(WEIGHTS)
    if single and len(right) > 1:
        parsed.skipped = said(TWO_RIGHT)
        return
    if not right:
        parsed.error = said(NO_RIGHT)
        return
    if not ids and choices[0] in right and len(choices) > len(right):
        choices = shuffled(parsed.fields.get("stem", ""), "options", choices)
    names = names_for(choices, ids)
    keys = [name for name, choice in zip(names, choices, strict=True) if choice in right]
    parsed.kind = QuestionKind.SINGLE if single else QuestionKind.MULTIPLE
    parsed.fields["options"] = [choice.words.entry(name) for name, choice in zip(names, choices, strict=True)]
    parsed.fields["key"] = {"option": keys[0]} if single else {"options": keys}


def decide(parsed: Parsed, is_true: bool) -> None:
    """Make it a true or false question."""
    parsed.kind = QuestionKind.TRUE_FALSE
    english = bool(parsed.fields.get("stem_en"))
    parsed.fields["options"] = [
        {"id": key, "text": text, "text_en": twin if english else ""} for key, text, twin in TRUTHS
    ]
    parsed.fields["key"] = {"option": "true" if is_true else "false"}


def fill(parsed: Parsed, ways: list[str]) -> None:
    """Make it a question with one blank, which stands where the stem leaves a gap, or at its end."""
    parsed.kind = QuestionKind.FILL_IN
    for name in ("stem", "stem_en"):
        stem = parsed.fields.get(name, "")
        if stem and "{{1}}" not in stem:
            gaps = GAP.findall(stem)
            parsed.fields[name] = GAP.sub("{{1}}", stem) if len(gaps) == 1 else f"{stem} {{{{1}}}}"
    parsed.fields["key"] = {"blanks": [ways]}


def _place(parsed: Parsed, name: str) -> tuple[int, str]:
    """Where an entry is listed: as the tag says, or by its name."""
    order = parsed.tag("order").split(",")
    return (order.index(name) if name in order else len(order), name)


def pair(parsed: Parsed, pairs: list[tuple[Words, Words]], spare: list[Words]) -> None:
    """Make it a matching. Choices stand in an order that their texts draw, so that it tells nothing."""
    parsed.kind = QuestionKind.MATCHING
    listed: list[Words] = list(dict.fromkeys([*(right for _left, right in pairs), *spare]))
    ids, wanted = parsed.tag("ids"), parsed.tag("choices")
    if wanted and len(wanted.split(",")) == len(listed):
        named = dict(zip(listed, names_for(listed, wanted), strict=True))
        ordered = sorted(listed, key=lambda words: _place(parsed, named[words]))
    else:
        ordered = shuffled(parsed.fields.get("stem", ""), "choices", listed)
        named = {words: f"x{at}" for at, words in enumerate(ordered, start=1)}
    lefts = names_for(pairs, ids)
    parsed.fields["options"] = [left.entry(name) for name, (left, _right) in zip(lefts, pairs, strict=True)]
    parsed.fields["choices"] = [words.entry(named[words]) for words in ordered]
    parsed.fields["key"] = {"pairs": {name: named[right] for name, (_left, right) in zip(lefts, pairs, strict=True)}}


def put_in_order(parsed: Parsed, steps: list[Words]) -> None:
    """Make it an ordering; the options are listed in an order that their texts draw."""
    parsed.kind = QuestionKind.ORDERING
    wanted = parsed.tag("ids")
    if wanted and len(wanted.split(",")) == len(steps):
        order = names_for(steps, wanted)
    else:
        drawn = shuffled(parsed.fields.get("stem", ""), "steps", list(range(len(steps))))
        order = [names_for(steps, "")[drawn.index(at)] for at in range(len(steps))]
    listed = sorted(zip(order, steps, strict=True), key=lambda named: _place(parsed, named[0]))
    parsed.fields["options"] = [step.entry(name) for name, step in listed]
    parsed.fields["key"] = {"order": order}


def write_up(parsed: Parsed, *, model: str = "", points: str = "10", limit: int | None = None) -> None:
    """Make it an essay. No other format holds a rubric; one criterion keeps its place until a real one is written."""
    parsed.kind = QuestionKind.ESSAY
    levels = [{"points": points, "text": "完整回答了题目"}, {"points": "0", "text": "没有回答题目"}]
    rubric = {"criteria": [{"id": "whole", "title": "整体", "max": points, "levels": levels}]}
    parsed.unsaid |= {"rubric"} | (set() if model else {"model"})
    tagged = parsed.tag("limit")
    parsed.fields["limit"] = int(tagged) if tagged.isdecimal() else limit or 800
    parsed.fields["key"] = {"rubric": rubric, **({"model": model} if model else {})}
