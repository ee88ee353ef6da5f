"""What the engine found about a reward, said in words: faults, broken floors, notes."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.dateformat import format as written
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.pools.checking import Finding, Remark
from lms.credits.engine.pools.statutes import Provision, Subject, Way
from lms.credits.engine.pools.working import Fault, Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

Words = str | Promise

WAYS: dict[Way, Words] = {
    Way.TRANSFER: _("Transfer or licence"),
    Way.EQUITY: _("Put in for shares"),
    Way.OWN_USE: _("Own or joint use"),
}
BASES: dict[Way, Words] = {
    Way.TRANSFER: _("Net income"),
    Way.EQUITY: _("Shares, in yuan"),
    Way.OWN_USE: _("Operating profit of a year"),
}
PARTS: dict[Part, Words] = {
    Part.OWNERS: _("Completers, as owners"),
    Part.MAIN: _("Main contributors"),
    Part.TEAM: _("Team, undivided"),
    Part.STAFF: _("Transfer staff"),
    Part.OTHERS: _("Others in the pool"),
    Part.OFFICE: _("Transfer office"),
    Part.UNIT: _("Unit"),
}
KNOWN: dict[str, Words] = {
    "read": _("text read"),
    "second-hand": _("known second-hand, not compared with the text"),
    "unverified": _("not verified"),
}
SORTS: dict[str, Words] = {
    "law": "",
    "institution": _("An institution's own rule, known second-hand. It is no law."),
    "comparison": _("For comparison only, not verified. It is no law here."),
}
FAULTS: dict[Fault, Words] = {
    Fault.NOTHING_LEFT: _("Nothing is left to divide: costs and taxes eat up the income (%(base)s yuan)."),
    Fault.PUBLIC_OVER_COSTS: _("There cannot be more public money in the costs than there are costs."),
    Fault.NO_RULE: _(
        "No rule on record says how large the pool is here. Enter its percentage to see what it comes to."
    ),
    Fault.OVER_THE_BASE: _("More than 100%% would be given away: pool and transfer office together, or ownership."),
    Fault.OVER_THE_POOL: _("Inside the pool more than 100%% would be given away."),
}
_FLOORS: dict[Subject, Words] = {
    Subject.POOL: _("The pool is %(given)s%%; at least %(least)s%% is asked for."),
    Subject.MAIN: _("The main contributors get %(given)s%% of the pool; at least %(least)s%% is asked for."),
    Subject.STAFF: _("The transfer staff get %(given)s%% of the pool; at least %(least)s%% is asked for."),
}
_REMARKS: dict[Remark, Words] = {
    Remark.BELOW_MAY: _("The pool is %(given)s%%; a unit may give %(least)s%% or more. It is no duty."),
    Remark.HEARD: _("A floor of %(least)s%% was taken into account that has not been read in the original."),
    Remark.POSTING: _("Paid while the plan is still posted: it has to stand until the end of %(day)s."),
    Remark.PAYMENT: _("Paid too late: the last day is %(day)s."),
    Remark.NOT_YET: _(
        "%(place)s: the rules on record begin on %(day)s. On the day of this scenario the national rule applied."
    ),
    Remark.NO_RULE: _("%(place)s: no rule is on record for this day; the first one begins on %(day)s."),
    Remark.UNSURE: _("Of the day on which this rule began only %(since)s is known, so it is told and not applied."),
    Remark.FORMULA: _("This place divides by a formula; the percentages entered are not used."),
    Remark.UNDIVIDED: _(
        "The pool goes to the team undivided; how it is divided inside is not on record. What transfer staff get comes "
        "out of what the unit keeps."
    ),
    Remark.OWNERSHIP: _(
        "The completers hold a share of ownership and leave the split. Whether the floors also hold for what is left "
        "is not settled by what is on record: take advice."
    ),
    Remark.NO_OWNERSHIP: _(
        "Nothing is on record here about ownership instead of a reward; the figures only show what it would come to."
    ),
    Remark.OFFICE: _("The transfer office gets %(given)s%% of net income; the unit may give it %(least)s%% or more."),
}
_SPAN = _("The reward is paid for %(given)s years; the rule says %(low)s to %(high)s.")
_SPAN_UP_TO = _("The reward is paid for %(given)s years; the rule says up to %(high)s.")
_DAYS = {"zh-hans": "Y 年 n 月 j 日", "en": "j F Y"}


def money(amount: Decimal) -> str:
    """An amount with its fen, thousands parted by commas as on an invoice."""
    return f"{amount:,.2f}".replace("-", "−")


def percent(share: Decimal) -> str:
    """A percentage without needless noughts."""
    return f"{share.normalize():f}"


def day_said(day: "date") -> str:
    """A day as the language now active writes it."""
    return written(day, _DAYS[get_language() or "zh-hans"])


def twin(thing: Any, name: str) -> str:
    """`thing.name`, or its English twin in English."""
    return str(getattr(thing, f"{name}_en" if get_language() == "en" else name))


def said(finding: Finding) -> str:
    """One remark as a whole sentence."""
    return str(_pattern(finding)) % _params(finding)


def _pattern(finding: Finding) -> Words:
    rule = finding.provision
    if finding.remark == Remark.BELOW and rule is not None:
        return _FLOORS[rule.subject]
    if finding.remark == Remark.YEARS and rule is not None:
        return _SPAN if rule.from_years else _SPAN_UP_TO
    return _REMARKS[finding.remark]


def _params(finding: Finding) -> dict[str, str]:
    params = {"place": twin(finding.statute, "title")}
    if finding.given is not None:
        params["given"] = percent(finding.given)
    if finding.day is not None:
        params["day"] = day_said(finding.day)
    return params | _of_rule(finding.provision)


def _of_rule(rule: Provision | None) -> dict[str, str]:
    if rule is None:
        return {}
    worth: list[tuple[str, Any, Callable[[Any], str]]] = [
        ("least", rule.least, percent),
        ("low", rule.from_years, str),
        ("high", rule.to_years, str),
        ("since", rule.valid_from, str),
    ]
    return {name: write(value) for name, value, write in worth if value is not None}
