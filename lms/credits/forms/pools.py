"""Entering a reward calculation: the deal, its people, and up to four scenarios."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.credits.engine.pools.days import Days
from lms.credits.engine.pools.plans import MOST_MONEY, MOST_PEOPLE, MOST_SCENARIOS, NOUGHT, Deal, Plan, Sharer
from lms.credits.engine.pools.statutes import Way
from lms.credits.selectors.pool_claims import Taken
from lms.credits.selectors.pools import statute_book

_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
# A name, something between, and a weight; a comma inside the weight parts thousands.
_PERSON = re.compile(r"(.+?)[\s,，、;；:：]+([0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[^\s,，、;；:：]+)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
MOST_WEIGHT = Decimal("9999.99")
MOST_PERCENT = Decimal("999.99")
MOST_YEARS = 99
LONGEST_NAME = 60
LONGEST_LINE = 100
EARLIEST = date(1985, 1, 1)
LATEST = date(2100, 12, 31)

NO_FIGURE = _("Write a figure such as 1234.56: digits, and at most two after the point.")
BELOW_NOUGHT = _("A figure here is not below nought.")


def figure(text: str, most: Decimal) -> Decimal:
    """A figure as people write it: with commas, blanks or full-width digits, and nothing cleverer than that."""
    plain = text.translate(_FULL_WIDTH).replace(",", "").replace(" ", "").replace("\u00a0", "")
    if not _FIGURE.fullmatch(plain):
        raise forms.ValidationError(NO_FIGURE)
    value = Decimal(plain)
    if value < 0:
        raise forms.ValidationError(BELOW_NOUGHT)
    if value > most:
        raise forms.ValidationError(_("A figure here is at most %(most)s."), params={"most": f"{most:,}"})
    return value


class FigureField(forms.CharField):
    """A figure without exponents, signs of infinity and fractions of a fen."""

    def __init__(self, *, most: Decimal, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **options)
        self.most = most

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value)).removesuffix("%").removesuffix("％").strip()
        return figure(text, self.most) if text else None


class PeopleField(forms.CharField):
    """One person a line: a name, then a weight; as typed, or as copied from two columns of a table."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}), **options)

    def clean(self, value: Any) -> tuple[Sharer, ...]:
        lines = enumerate(str(super().clean(value) or "").splitlines(), start=1)
        people = tuple(self._person(number, line.strip()) for number, line in lines if line.strip())
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(_("At most %(most)s people share a reward here."), params={"most": MOST_PEOPLE})
        return people

    def _person(self, number: int, line: str) -> Sharer:
        said = _PERSON.fullmatch(line[:LONGEST_LINE])
        try:
            if said is None:
                raise forms.ValidationError(_("A name and a weight are wanted, such as: Zhang San 12.50"))
            name, weight = said.groups()
            if len(name) > LONGEST_NAME or len(line) > LONGEST_LINE:
                raise forms.ValidationError(_("A name has at most %(most)s letters."), params={"most": LONGEST_NAME})
            return Sharer(name, figure(weight, MOST_WEIGHT))
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("Line %(number)s: %(fault)s"), params={"number": number, "fault": " ".join(error.messages)}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return "\n".join(f"{sharer.name}\t{sharer.weight}" for sharer in value)
        return value


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(
        attrs={"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()}, format="%Y-%m-%d"
    )
    return forms.DateField(label=label, widget=widget, validators=[_sensible], **options)


def _sensible(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(
            _("Enter a day between %(first)s and %(last)s."),
            params={"first": EARLIEST.isoformat(), "last": LATEST.isoformat()},
        )


WAYS = [
    (Way.TRANSFER.value, _("Transfer or licence")),
    (Way.EQUITY.value, _("Put in for shares")),
    (Way.OWN_USE.value, _("Own or joint use")),
]


class DealForm(forms.Form):
    """What came in, what goes off it, when, and who shares."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("So that you find it again; only you see it.")
    )
    way = forms.ChoiceField(label=_("Way of use"), choices=WAYS, widget=forms.RadioSelect, initial=Way.TRANSFER.value)
    value = FigureField(
        label=_("Income, yuan"),
        most=MOST_MONEY,
        help_text=_("Contract value; for shares, what they are worth; for own use, one year's operating profit."),
    )
    costs = FigureField(label=_("Costs, yuan"), most=MOST_MONEY, required=False)
    public_money = FigureField(
        label=_("Public research money in these costs, yuan"),
        most=MOST_MONEY,
        required=False,
        help_text=_("Public money spent on research is no cost and is not taken off (Zhejiang Regulation, art. 37)."),
    )
    taxes = FigureField(label=_("Taxes, yuan"), most=MOST_MONEY, required=False)
    years = forms.IntegerField(
        label=_("Years of own use"),
        min_value=1,
        max_value=MOST_YEARS,
        required=False,
        help_text=_("For how many years the reward is paid; only for own or joint use."),
    )
    main = PeopleField(
        label=_("Main contributors"), help_text=_("One person a line: name and weight. A weight may be any figure.")
    )
    staff = PeopleField(
        label=_("Transfer staff"), help_text=_("One person a line: name and credits, which are the weight here.")
    )
    received_on = _day(_("Income received on"), required=False)
    posted_on = _day(_("Plan posted on"), required=False)
    paid_on = _day(_("To be paid on"), required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if len(cleaned.get("main") or ()) + len(cleaned.get("staff") or ()) > MOST_PEOPLE:
            raise forms.ValidationError(_("At most %(most)s people share a reward here."), params={"most": MOST_PEOPLE})
        if cleaned.get("way") == Way.OWN_USE.value and not cleaned.get("years") and "years" not in self.errors:
            self.add_error("years", _("Say for how many years the reward is paid."))
        return cleaned

    @property
    def deal(self) -> Deal:
        """What was entered, for the engine."""
        said = self.cleaned_data
        return Deal(
            way=Way(said["way"]),
            value=said["value"],
            costs=said["costs"] or NOUGHT,
            public_money=said["public_money"] or NOUGHT,
            taxes=said["taxes"] or NOUGHT,
            years=said["years"] or 1,
            days=Days(said["posted_on"], said["received_on"], said["paid_on"]),
            main=said["main"],
            staff=said["staff"],
        )


class PlanForm(forms.Form):
    """One scenario; a share left empty is what the rule asks for."""

    place = forms.ChoiceField(label=_("Rules of"), required=False)
    on = _day(_("As of"), required=False)
    pool = FigureField(label=_("Pool, % of the income"), most=MOST_PERCENT, required=False)
    main = FigureField(label=_("Main contributors, % of the pool"), most=MOST_PERCENT, required=False)
    staff = FigureField(label=_("Transfer staff, % of the pool"), most=MOST_PERCENT, required=False)
    office = FigureField(label=_("Transfer office, % of the income"), most=MOST_PERCENT, required=False)
    owners = FigureField(label=_("Ownership given instead, %"), most=MOST_PERCENT, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        named = "title_en" if get_language() == "en" else "title"
        places = [(code, getattr(statute, named)) for code, statute in statute_book().statutes.items()]
        choice = self.fields["place"]
        choice.choices = [("", _("none")), *places]  # type: ignore[attr-defined]

    @property
    def plan(self) -> Plan | None:
        """The scenario, for the engine; none where no place was chosen."""
        said = self.cleaned_data
        if not said["place"]:
            return None
        shares = {name: said[name] for name in ("pool", "main", "staff", "office", "owners")}
        return Plan(said["place"], said["on"] or self.today, **shares)


class PoolForms:
    """The form of the deal and those of its scenarios, read together."""

    def __init__(self, data: Mapping[str, Any] | None, *, today: date, initial: "Initial") -> None:
        self.deal_form = DealForm(data, initial=initial[0])
        self.plan_forms = [
            PlanForm(data, prefix=f"s{number}", today=today, initial=_nth(initial[1], number))
            for number in range(1, MOST_SCENARIOS + 1)
        ]

    def is_valid(self) -> bool:
        """Whether everything can be worked with; one scenario at least is wanted."""
        valid = [form.is_valid() for form in (self.deal_form, *self.plan_forms)]
        if all(valid) and not self.plans:
            self.plan_forms[0].add_error("place", _("Choose whose rules the first scenario follows."))
            return False
        return all(valid)

    @property
    def plans(self) -> list[Plan]:
        """The scenarios that were filled in."""
        return [plan for form in self.plan_forms if (plan := form.plan)]

    @property
    def has_faults(self) -> bool:
        """Whether anything has to be looked at again."""
        return any(form.errors for form in (self.deal_form, *self.plan_forms) if form.is_bound)


Initial = tuple[dict[str, Any], list[dict[str, Any]]]


def _nth(scenarios: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return scenarios[number - 1] if number <= len(scenarios) else {}


def empty(today: date, taken: Taken | None = None) -> Initial:
    """A new calculation begins with the national rule beside one that asks for more, and with what a claim gives."""
    said = {"title": taken.title, "value": taken.value, "staff": taken.staff} if taken else {}
    return said, [{"place": "CN", "on": today}, {"place": "CN-ZJ", "on": today}]


def filled(title: str, revision: int, deal: Deal, plans: tuple[Plan, ...]) -> Initial:
    """A kept calculation as the forms show it."""
    money = {name: getattr(deal, name) or None for name in ("value", "costs", "public_money", "taxes")}
    days = {name: getattr(deal.days, name) for name in ("posted_on", "received_on", "paid_on")}
    years = deal.years if deal.way == Way.OWN_USE else None
    said = {"title": title, "revision": revision, "way": deal.way.value, "years": years, **days}
    shares = ("pool", "main", "staff", "office", "owners")
    scenarios = [
        {"place": plan.statute, "on": plan.on, **{name: getattr(plan, name) for name in shares}} for plan in plans
    ]
    return {**said, **money, "main": deal.main, "staff": deal.staff}, scenarios
