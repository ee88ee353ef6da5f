"""Rules and what is wrong with them, in words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from lms.credits.engine.reading import Fault
from lms.credits.engine.rules import Kind, Rule
from lms.credits.enums import Verification

REASONS: dict[str, Promise] = {
    "missing": gettext_lazy("this is missing."),
    "extra_forbidden": gettext_lazy("there is no such entry; look for a misspelt or misplaced word."),
    "literal_error": gettext_lazy("this is none of the known words: %(expected)s."),
    "greater_than": gettext_lazy("this must be more than %(gt)s."),
    "greater_than_equal": gettext_lazy("this must be at least %(ge)s."),
    "less_than_equal": gettext_lazy("this must be at most %(le)s."),
    "finite_number": gettext_lazy("this must be a number."),
    "decimal_parsing": gettext_lazy("this must be a number."),
    "decimal_type": gettext_lazy("this must be a number."),
    "decimal_max_places": gettext_lazy("two decimal places at most."),
    "int_type": gettext_lazy("this must be a whole number."),
    "int_parsing": gettext_lazy("this must be a whole number."),
    "int_from_float": gettext_lazy("this must be a whole number."),
    "bool_type": gettext_lazy("this must be true or false."),
    "string_type": gettext_lazy("this must be text."),
    "string_too_short": gettext_lazy("this must not be empty."),
    "string_too_long": gettext_lazy("this is longer than %(max_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("this code is not spelt as codes are."),
    "too_short": gettext_lazy("there must be at least one entry."),
    "too_long": gettext_lazy("there are too many entries."),
    "tuple_type": gettext_lazy("this must be a list."),
    "dict_type": gettext_lazy("this must be entries with names."),
    "model_type": gettext_lazy("this must be entries with names."),
    "date_from_datetime_parsing": gettext_lazy("this must be a day such as 2027-01-01."),
    "date_parsing": gettext_lazy("this must be a day such as 2027-01-01."),
    "date_type": gettext_lazy("this must be a day such as 2027-01-01."),
    "code_twice": gettext_lazy("the code %(code)s stands here twice."),
    "decay_rises": gettext_lazy("credits fade with age; a later year cannot be worth more than one before."),
    "decay_too_long": gettext_lazy("there are more years here than the %(years)s for which credits count."),
    "choices_for_choice_only": gettext_lazy("a field of the value “choice” has choices, and no other field has."),
    "points_one_way": gettext_lazy("a rule gives fixed points, points by bands, or points for each unit: exactly one."),
    "points_sign": gettext_lazy("points are more than nothing; only violations take some away."),
    "violation_fixed": gettext_lazy("a violation has fixed points."),
    "bands_open_end": gettext_lazy("the last band, and it alone, has no upper end."),
    "bands_not_rising": gettext_lazy("each band ends above the one before."),
    "bands_points_fall": gettext_lazy("a higher band cannot give less than a lower one."),
    "diminishing_not_falling": gettext_lazy("each further step begins later and gives less."),
    "measure_missing": gettext_lazy("bands and units need a measure: amount, hours or count."),
    "measure_unused": gettext_lazy("fixed points measure nothing; leave measure and measure_field out."),
    "measure_field": gettext_lazy("the measured field must be one of the rule's required fields, money or a number."),
    "number_field": gettext_lazy("a number that counts once needs a required field registration_number."),
    "platform_asks_nothing": gettext_lazy("what the platform posts by itself asks for no fields, files or shares."),
    "kind_without_terms": gettext_lazy("the rule %(code)s is of the kind %(kind)s, which “kinds” does not name."),
    "stars_not_rising": gettext_lazy("each further star needs more points than the one before."),
    "platform_rule": gettext_lazy("the platform posts by the rule %(code)s; keep it, with fixed points."),
}
_OTHER = gettext_lazy("this cannot be read.")
UNITS: dict[str, Promise] = {
    "amount": gettext_lazy("%(points)s for every %(unit)s yuan"),
    "hours": gettext_lazy("%(points)s for every %(unit)s class hours"),
    "count": gettext_lazy("%(points)s for every %(unit)s pieces"),
}
BY: dict[str, Promise] = {
    "claim": pgettext_lazy("how credits come about", "You claim it"),
    "platform": pgettext_lazy("how credits come about", "The platform posts it by itself"),
    "desk": pgettext_lazy("how credits come about", "The organisation writes it down"),
}


def fault_in_words(fault: Fault) -> str:
    """What is wrong, as the end of a sentence."""
    return str(REASONS.get(fault.code, _OTHER)) % fault.context


def local(entry: Any, name: str) -> str:
    """A text of a table in the language now active."""
    return str((getattr(entry, f"{name}_en") if get_language() == "en" else "") or getattr(entry, name))


def plain(figure: Decimal) -> str:
    """A figure without idle noughts, with thousands apart: 2,000,000 or 0.5."""
    text = f"{figure:,.2f}"
    return text.rstrip("0").rstrip(".")


def gives(rule: Rule) -> list[str]:
    """What a rule gives, one sentence for every band."""
    if rule.points is not None:
        return [_so_many(rule.points)]
    if rule.per is not None:
        words = {"points": plain(rule.per.points), "unit": plain(rule.per.unit)}
        said = [str(_each_unit(rule)) % words]
        if rule.per.most is not None:
            said.append(_("at most %(points)s for one piece of work") % {"points": plain(rule.per.most)})
        return said
    return list(_bands(rule))


def lessened(rule: Rule) -> list[str]:
    """How repetition within a year lessens it."""
    return [
        ngettext(
            "after %(after)s in a year, each further one gives %(percent)s %%",
            "after %(after)s in a year, each further one gives %(percent)s %%",
            step.after,
        )
        % {"after": step.after, "percent": plain(step.percent)}
        for step in rule.diminishing
    ]


def terms_of(kind: Kind) -> list[str]:
    """Cap and window of a kind."""
    said = []
    if kind.cap_per_year is not None:
        said.append(_("at most %(points)s points a calendar year") % {"points": plain(kind.cap_per_year)})
    else:
        said.append(_("no cap"))
    if kind.valid_years is not None:
        years = {"years": kind.valid_years}
        said.append(ngettext("counts for %(years)s year", "counts for %(years)s years", kind.valid_years) % years)
    else:
        said.append(_("counts for good"))
    if kind.decay:
        percents = " · ".join(f"{plain(percent)} %" for percent in kind.decay)
        said.append(_("worth by full years of age: %(percents)s") % {"percents": percents})
    return said


def asks(rule: Rule) -> list[str]:
    """What a claim has to bring: its required fields, then files."""
    said = [local(field, "label") for field in rule.fields if field.required]
    if rule.files:
        said.append(ngettext("at least %(n)s file", "at least %(n)s files", rule.files) % {"n": rule.files})
    return said


def strongest(rule: Rule) -> str:
    """The strongest verification that its evidence allows."""
    return str(Verification(rule.verification).label)


def _so_many(points: Decimal) -> str:
    words = {"points": plain(points).replace("-", "−")}
    return ngettext("%(points)s point", "%(points)s points", 1 if abs(points) == 1 else 2) % words


def _each_unit(rule: Rule) -> str:
    if rule.measure == "hours" and rule.per and rule.per.unit == 1:
        return _("%(points)s points for each class hour")
    return str(UNITS[rule.measure or "count"])


def _bands(rule: Rule) -> Iterator[str]:
    money, before = rule.measure == "amount", Decimal(0)
    for band in rule.bands:
        words = {"points": _so_many(band.points), "to": plain(band.up_to or before), "from": plain(before)}
        if band.up_to is not None:
            said = _("up to and with %(to)s yuan: %(points)s") if money else _("up to and with %(to)s: %(points)s")
        elif before:
            said = _("above %(from)s yuan: %(points)s") if money else _("above %(from)s: %(points)s")
        else:
            said = _("any figure: %(points)s")
        yield said % words
        before = band.up_to or before
