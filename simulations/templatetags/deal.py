"""Template tags of the simulations: costs, figures, names and moments as readers know them."""

import uuid
from datetime import datetime
from typing import Any

from django import template
from django.utils import formats
from django.utils.functional import Promise

from lms.kernel.beijing import BEIJING
from simulations.enums import COMPETENCY_NAMES, LEVEL_NAMES
from simulations.models import ScenarioVersion
from simulations.selectors.scenarios import engine_language
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
