"""What a rule gives: in words before anybody claims, and in points for what a draft says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.credits.engine.awarding import NoMeasure, base_of, split

from .claims import in_thousands, local

if TYPE_CHECKING:
    from lms.credits.engine.rules import Kind, Rule


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The points of the whole work and of each share, before repetition and the cap of the year."""

    whole: Decimal
    shares: tuple[Decimal, ...]
    band: str
    cap: Decimal | None


def foreseen(rule: "Rule", kind: "Kind", measure: Decimal | None, percents: Sequence[Decimal]) -> Foreseen | None:
    """What the rule would give now; None while the figure that it reckons by is missing."""
    try:
        base = base_of(rule, measure)
    except NoMeasure:
        return None
    shares = split(base.points, list(percents)) if percents and sum(percents) > 0 else []
    return Foreseen(base.points, tuple(shares), _band(rule, base.figure) if rule.bands else "", kind.cap_per_year)


def _band(rule: "Rule", up_to: Decimal | None) -> str:
    if up_to is not None:
        return _("the band up to %(most)s yuan") % {"most": in_thousands(f"{up_to:.2f}")}
    last = [band.up_to for band in rule.bands if band.up_to is not None]
    return _("the band above %(least)s yuan") % {"least": in_thousands(f"{last[-1]:.2f}")} if last else ""


def gives(rule: "Rule") -> str:
    """What a rule gives, in a few words."""
    if rule.points is not None:
        return _("%(points)s points") % {"points": rule.points}
    if rule.per is not None:
        words = {"points": rule.per.points, "unit": _unit(rule.per.unit, rule.measure), "most": rule.per.most}
        if rule.per.most is None:
            return _("%(points)s points for each %(unit)s") % words
        return _("%(points)s points for each %(unit)s, at most %(most)s") % words
    return _("%(least)s to %(most)s points, by amount") % {
        "least": rule.bands[0].points,
        "most": rule.bands[-1].points,
    }


def _unit(size: Decimal, measure: str | None) -> str:
    unit = f"{size.normalize():f}"
    if measure == "hours":
        return _("class hour") if unit == "1" else _("%(unit)s class hours") % {"unit": unit}
    if measure == "amount":
        return _("%(unit)s yuan") % {"unit": in_thousands(unit)}
    return _("piece") if unit == "1" else _("%(unit)s pieces") % {"unit": unit}


def asks(rule: "Rule") -> str:
    """What a rule wants to see, in a few words: files, and the names of what has to be filled in."""
    named = _(", ").join(local(field.label, field.label_en) for field in rule.fields if field.required)
    if not rule.files:
        return named
    files = ngettext("%(number)s file", "%(number)s files", rule.files) % {"number": rule.files}
    return _("at least %(files)s; %(named)s") % {"files": files, "named": named}
