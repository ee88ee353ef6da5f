"""Template tags of the simulations: costs, figures, names and moments as readers know them."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import formats
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from lms.kernel.beijing import BEIJING
from simulations.enums import COMPETENCY_NAMES, LEVEL_NAMES
from simulations.models import ScenarioVersion
from simulations.selectors.scenarios import engine_language
from simulations.views.laying import PAPER_KINDS, laid_out
from simulations.views.readiness import LEVELS, Level
from simulations.views.sheets import Told, bench_words, told_of
from simulations.views.words import cost
from simulations.views.words import figure as figure_of

register = template.Library()


@register.simple_tag
def request_id() -> str:
    """A fresh number for one form, so that sending it twice does its act once."""
    return uuid.uuid4().hex


@register.simple_tag
def cost_words(action: dict[str, Any], unit: str) -> str:
    """What an act costs: days, money, or nothing."""
    return cost(action, unit)


@register.simple_tag
def amount(hundredths: int) -> str:
    """Budget kept in hundredths, as a figure."""
    return figure_of(hundredths / 100)


@register.simple_tag
def figure(number: float) -> str:
    """A number without trailing zeros and without a language's own separators."""
    return figure_of(number)


@register.filter
def at(table: Mapping[str, Any] | None, key: str) -> Any:
    """What stands in a table under a name; nothing where there is none."""
    return table.get(key) if table else None


@register.simple_tag
def paper_kind(kind: str) -> str | Promise:
    """What sort of paper lies there."""
    return PAPER_KINDS[kind]


@register.simple_tag
def paper_body(body: str) -> SafeString:
    """The text of a paper: paragraphs, and tables where its lines are columns set apart by bars."""
    return laid_out(body)


@register.simple_tag
def trl_levels() -> list[Level]:
    """The nine levels of readiness with the evidence that each demands."""
    return LEVELS


@register.filter
def sheet_model(judgement: dict[str, Any]) -> dict[str, Any]:
    """What a worksheet needs to be worked out in the browser: its model, or one for every answer, over its lines."""
    told = {name: judgement[name] for name in ("kind", "model", "workbench")}
    answers = [answer for answer in judgement["answers"] if "model" in answer]
    return {**told, "answers": answers or None}


@register.simple_tag
def workbench_words() -> dict[str, Any]:
    """The words that the workbench puts to its figures."""
    return bench_words()


@register.simple_tag
def told_numbers(view: dict[str, Any], line: str) -> list[Told]:
    """What found clues tell of one line of a worksheet, the best evidence first."""
    return told_of(view, line)


@register.simple_tag
def beijing(moment: datetime) -> str:
    """A moment by the Beijing clock; the page names the zone beside it."""
    return formats.date_format(moment.astimezone(BEIJING), "Y-m-d H:i")


@register.simple_tag
def level_name(code: str) -> str | Promise:
    """The short name of a level."""
    return LEVEL_NAMES.get(code, code)


@register.simple_tag
def competency_name(code: str) -> str | Promise:
    """What a competency code stands for."""
    return COMPETENCY_NAMES.get(code, code)


@register.simple_tag
def title_of(version: ScenarioVersion) -> str:
    """A scenario's title in the reader's language, without reading its file."""
    return version.title if engine_language() == "zh" else version.title_en
