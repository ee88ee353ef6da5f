"""What is wrong with a question, in the words of somebody who writes questions."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from .columns import FIELD_NAMES
from .parsed import said

# The rules of `bank_file` and `key_shapes`, as one would say them over a sheet; each with the field it speaks of.
_RULES: dict[str, tuple[str, Promise]] = {
    "two options have one id": ("options", _("Two options have the same letter.")),
    "an essay, and nothing else, has a limit of characters": ("limit", _("An essay needs a limit of characters.")),
    "the key names one of two options or more": (
        "key",
        _("The answer is the letter of one option, and there are two options or more."),
    ),
    "the key of a multiple choice names its right options": (
        "key",
        _("The answer is the letters of all right options."),
    ),
    "the key of a number is a number": ("key", _("The answer and its tolerance are numbers.")),
    "the key of a number is a value and, where needed, a tolerance": (
        "key",
        _("The answer and its tolerance are numbers."),
    ),
    "the stem marks its blanks as {{1}}, {{2}} …, and the key has one list for each": (
        "stem",
        _("The words mark the blanks as {{1}}, {{2}} and so on, and the answer has one line for each."),
    ),
    "every blank has a wording that is right": ("key", _("A blank has no wording that is right.")),
    "the key of a matching names one choice for each option": (
        "key",
        _("The answer names one of the choices for each option."),
    ),
    "the key of an ordering names every option once": ("key", _("The answer names every option once, in its order.")),
    "an essay has a rubric and, where wanted, a model answer": ("rubric", _("An essay needs a rubric.")),
    "the best level of a criterion is worth its points": (
        "rubric",
        _("The best level of a criterion is worth as much as the criterion."),
    ),
    "the points of a rubric are numbers": ("rubric", _("The points of a rubric are numbers.")),
}
_EMPTY = _("“%(field)s” is missing.")
_SHAPE = _("“%(field)s” holds small letters, digits and hyphens only, at most 60.")
_CHOICE = _("“%(value)s” is not one of the words that “%(field)s” knows.")
_LONG = _("“%(field)s” is longer than %(most)s characters.")
_LIMITS = _("The limit of an essay lies between 50 and 4,000 characters.")
_OTHER = _("“%(field)s” cannot be read: “%(value)s”.")
_BY_TYPE: Mapping[str, Promise] = {
    "missing": _EMPTY,
    "string_too_short": _EMPTY,
    "too_short": _EMPTY,
    "string_pattern_mismatch": _SHAPE,
    "string_too_long": _SHAPE,
    "enum": _CHOICE,
    "greater_than_equal": _LIMITS,
    "less_than_equal": _LIMITS,
}
# What the tables have room for.
MOST = {"competency": 12, "source": 200, "module": 60, "unit": 40}
LEVELS = ("", "junior", "intermediate", "senior")


def field_name(field: str) -> str:
    """A field as the sheet heads it."""
    return str(FIELD_NAMES.get(field, field))


def faults_of(error: ValidationError) -> dict[str, str]:
    """Every fault by the field that it stands in."""
    found: dict[str, str] = {}
    for fault in error.errors():
        field, sentence = _said(fault)
        found.setdefault(field, sentence)
    return found


def _said(fault: Mapping[str, Any]) -> tuple[str, str]:
    rule = _RULES.get(str(fault["msg"]).removeprefix("Value error, "))
    if rule:
        return rule[0], str(rule[1])
    field = str(fault["loc"][0]) if fault["loc"] else "stem"
    value = fault.get("input")
    shown = value if isinstance(value, str) else ""
    sentence = _BY_TYPE.get(fault["type"], _OTHER)
    return field, said(sentence, field=field_name(field), value=shown[:60])


def outgrown(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields that the tables have no room for."""
    found = {
        name: said(_LONG, field=field_name(name), most=str(most))
        for name, most in MOST.items()
        if len(str(fields.get(name, ""))) > most
    }
    if fields.get("level", "") not in LEVELS:
        found["level"] = said(_CHOICE, field=field_name("level"), value=str(fields["level"])[:60])
    return found
