"""One row of a sheet of questions, kind by kind."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import Difficulty, QuestionKind

from .cells import narrow, parts_of, read_blanks, read_list, read_pairs, read_rubric, read_units
from .columns import folded
from .numbers import plain_number
from .parsed import GAP, LETTERS, NOT_A_NUMBER, TRUTHS, Parsed, said, write_up

KIND_UNKNOWN = _("“%(text)s” is no kind of question that the bank knows.")
TRUTH = _("The answer of a true or false question is %(right)s or %(wrong)s: “%(text)s”.")
RUBRIC_SHAPE = _("A rubric has lines like “[name] title”, and below each lines like “4: what is worth it”.")
NO_OPTION = _("The answer names “%(text)s”, which is none of the options.")

# The first word of each is the one that the template carries.
_KIND_WORDS: dict[QuestionKind, tuple[str, ...]] = {
    QuestionKind.SINGLE: ("单选题", "单选", "单项选择", "单项选择题", "single choice"),
    QuestionKind.MULTIPLE: ("多选题", "多选", "多项选择", "多项选择题", "multiple choice"),
    QuestionKind.TRUE_FALSE: ("判断题", "判断", "是非题", "true or false", "true/false"),
    QuestionKind.FILL_IN: ("填空题", "填空", "fill in the blanks"),
    QuestionKind.NUMERIC: ("数值题", "数值", "填数", "计算", "计算题", "number"),
    QuestionKind.MATCHING: ("配对题", "配对", "匹配", "匹配题", "连线题"),
    QuestionKind.ORDERING: ("排序题", "排序"),
    QuestionKind.ESSAY: ("论述题", "论述", "问答", "问答题", "简答", "简答题"),
}
KINDS = {folded(word): kind.value for kind, words in _KIND_WORDS.items() for word in (*words, kind.value)}
KIND_NAMES = {kind: words[0] for kind, words in _KIND_WORDS.items()}
_DIFFICULTIES = {
    **{level.value: level.value for level in Difficulty},
    **dict.fromkeys(("易", "容易", "简单"), "easy"),
    **dict.fromkeys(("中", "中等", "适中"), "medium"),
    **dict.fromkeys(("难", "困难", "较难"), "hard"),
}
_LEVELS = {"初级": "junior", "中级": "intermediate", "高级": "senior"}
_TRUE = ("正确", "对", "是", "√", "✓", "t", "true", "a", "yes", "1")
_FALSE = ("错误", "错", "否", "×", "✗", "x", "f", "false", "b", "no", "0")
_WORDS = ("stem", "stem_en", "explanation", "explanation_en", "source", "module", "competency")


def fill_in(parsed: Parsed, texts: Mapping[str, str]) -> None:
    """Make the row a question of the kind that it names."""
    parsed.ref = narrow(texts.get("ref", ""))
    parsed.fields = {name: texts[name] for name in _WORDS if texts.get(name)}
    parsed.fields["topic"] = narrow(texts.get("topic", "")).lower()
    parsed.fields["difficulty"] = _word(texts.get("difficulty", ""), _DIFFICULTIES)
    parsed.fields["level"] = _word(texts.get("level", ""), _LEVELS)
    parsed.fields["figures"] = [uid.lower() for uid in re.split(r"[\s,，;；]+", texts.get("figures", "")) if uid]
    parsed.case = narrow(texts.get("case", ""))
    parsed.tags = [f"law:{basis}" for basis in re.split(r"[\n,，;；]+", narrow(texts.get("law", ""))) if basis.strip()]
    kind = KINDS.get(folded(texts.get("kind", "")))
    if kind is None:
        parsed.flaws["kind"] = said(KIND_UNKNOWN, text=texts.get("kind", "")[:40])
        return
    parsed.kind = kind
    _READ[kind](parsed, texts)


def _word(text: str, known: Mapping[str, str]) -> str:
    plain = narrow(text).lower()
    return known.get(plain, plain)


def _options(parsed: Parsed, texts: Mapping[str, str]) -> list[str]:
    """The options of the row, from one column each or from one cell; answers their names."""
    columns = [(letter, texts[f"option {letter}"]) for letter in LETTERS if texts.get(f"option {letter}")]
    listed = columns or read_list(texts.get("options", ""), "")
    english = dict(read_list(texts.get("options_en", ""), ""))
    parsed.fields["options"] = [{"id": name, "text": text, "text_en": english.get(name, "")} for name, text in listed]
    return [name for name, _text in listed]


def _single(parsed: Parsed, texts: Mapping[str, str]) -> None:
    names = _options(parsed, texts)
    answer = parts_of(texts.get("key", ""), names)
    if not _known(parsed, answer, names):
        parsed.fields["key"] = {"option": answer[0]} if len(answer) == 1 else {"options": answer}


def _multiple(parsed: Parsed, texts: Mapping[str, str]) -> None:
    names = _options(parsed, texts)
    answer = parts_of(texts.get("key", ""), names)
    if not _known(parsed, answer, names):
        parsed.fields["key"] = {"options": [name for name in names if name in answer]}


def _known(parsed: Parsed, answer: list[str], names: list[str]) -> bool:
    """Say which part of the answer is no option."""
    strange = next((name for name in answer if name not in names), "")
    if strange:
        parsed.flaws["key"] = said(NO_OPTION, text=strange[:20])
    return bool(strange)


def _true_false(parsed: Parsed, texts: Mapping[str, str]) -> None:
    answer = narrow(texts.get("key", "")).lower()
    english = dict(read_list(texts.get("options_en", ""), ""))
    parsed.fields["options"] = [
        {"id": name, "text": text, "text_en": english.get(name, "")} for name, text, _en in TRUTHS
    ]
    if answer not in (*_TRUE, *_FALSE):
        parsed.flaws["key"] = said(TRUTH, right=TRUTHS[0][1], wrong=TRUTHS[1][1], text=answer[:20])
        return
    parsed.fields["key"] = {"option": "true" if answer in _TRUE else "false"}


def _fill_in(parsed: Parsed, texts: Mapping[str, str]) -> None:
    for name in ("stem", "stem_en"):
        stem = parsed.fields.get(name, "")
        if stem and "{{" not in stem:
            at = iter(range(1, 100))
            parsed.fields[name] = GAP.sub(lambda _gap, at=at: f"{{{{{next(at)}}}}}", stem)  # type: ignore[misc]
    wanted = len(re.findall(r"\{\{\d+\}\}", parsed.fields.get("stem", "")))
    parsed.fields["key"] = {"blanks": read_blanks(texts.get("key", ""), wanted)}


def _numeric(parsed: Parsed, texts: Mapping[str, str]) -> None:
    value = plain_number(texts.get("key", ""))
    if value is None:
        parsed.flaws["key"] = said(NOT_A_NUMBER, text=texts.get("key", "")[:40])
        return
    key: dict[str, Any] = {"value": value}
    for part in re.split(r"[;；\s]+", narrow(texts.get("tolerance", "")).strip()):
        number = plain_number(part.rstrip("%")) if part else None
        if part and number is None:
            parsed.flaws["tolerance"] = said(NOT_A_NUMBER, text=part[:40])
        elif number is not None:
            key["tolerance_percent" if part.endswith("%") else "tolerance"] = number.lstrip("-")
    parsed.fields["key"] = key
    unit = texts.get("unit", "")
    if "=" in narrow(unit):
        english = dict(read_list(texts.get("unit_en", ""), "u"))
        parsed.fields["units"] = [{**entry, "text_en": english.get(entry["id"], "")} for entry in read_units(unit)]
    else:
        parsed.fields.update(unit=unit, unit_en=texts.get("unit_en", ""))


def _matching(parsed: Parsed, texts: Mapping[str, str]) -> None:
    _options(parsed, texts)
    english = dict(read_list(texts.get("choices_en", ""), "x"))
    listed = read_list(texts.get("choices", ""), "x")
    parsed.fields["choices"] = [{"id": name, "text": text, "text_en": english.get(name, "")} for name, text in listed]
    parsed.fields["key"] = {"pairs": read_pairs(texts.get("key", ""), [name for name, _text in listed])}


def _ordering(parsed: Parsed, texts: Mapping[str, str]) -> None:
    names = _options(parsed, texts)
    answer = parts_of(texts.get("key", ""), names)
    if not _known(parsed, answer, names):
        parsed.fields["key"] = {"order": answer}


def _essay(parsed: Parsed, texts: Mapping[str, str]) -> None:
    limit = plain_number(texts.get("limit", "") or "800")
    if limit is None or not limit.isdecimal():
        parsed.flaws["limit"] = said(NOT_A_NUMBER, text=texts.get("limit", "")[:40])
        return
    model, written = texts.get("key", ""), texts.get("rubric", "")
    write_up(parsed, model=model, limit=int(limit))
    if not written:
        return
    rubric = read_rubric(written)
    if rubric is None:
        parsed.flaws["rubric"] = said(RUBRIC_SHAPE)
        return
    parsed.unsaid -= {"rubric", "model"}
    parsed.fields["key"]["rubric"] = rubric


_READ: dict[str, Callable[[Parsed, Mapping[str, str]], None]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.ESSAY: _essay,
}
