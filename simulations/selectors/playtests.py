"""A kept playtest as people read it: policies, bars with who let them pass, items, reliability."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cms.design.charts.bars import Bar as Length
from cms.design.charts.bars import BarChart
from cms.design.charts.chart import Limit
from simulations.models import PlaytestRun, Waiver

SKILLS = ("random", "novice", "average", "good", "expert")
POLICY_NAMES = {
    "random": pgettext_lazy("bot", "Random"),
    "greedy": pgettext_lazy("bot", "Any deal at all"),
    "novice": pgettext_lazy("bot", "Novice"),
    "average": pgettext_lazy("bot", "Average"),
    "good": pgettext_lazy("bot", "Good"),
    "expert": pgettext_lazy("bot", "Expert"),
    "clicker": pgettext_lazy("bot", "Clicks everything"),
    "staller": pgettext_lazy("bot", "Waits at the table"),
    "incurious": pgettext_lazy("bot", "Asks nobody"),
    "homework": pgettext_lazy("bot", "Homework, no deal"),
    "parrot": pgettext_lazy("bot", "A package learnt by heart"),
    "wiggler": pgettext_lazy("bot", "Learnt, then moved about"),
    "reciter": pgettext_lazy("bot", "An attempt learnt by heart"),
    "leaker": pgettext_lazy("bot", "Tells one side's limits"),
}


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """How one policy fared; `kind` is skill or cheat."""

    name: str
    label: str
    kind: str
    mean: float
    sd: float
    plays: int
    deals: float
    walks: float


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar; a missed one may be waived by name when it is printed only."""

    name: str
    value: str
    limit: str
    ok: bool
    hard: bool
    waiver: Waiver | None

    @property
    def may_be_waived(self) -> bool:
        return not self.ok and not self.hard and self.waiver is None


@dataclass(frozen=True, slots=True)
class Report:
    """A playtest laid out."""

    policies: list[PolicyRow]
    hard: list[BarRow]
    printed: list[BarRow]
    items: list[Mapping[str, Any]]
    reliability: Mapping[str, Any]
    chart: BarChart

    @property
    def hard_misses(self) -> list[BarRow]:
        """The bars that nobody can waive and that are missed."""
        return [row for row in self.hard if not row.ok]

    @property
    def printed_misses(self) -> list[BarRow]:
        """The other bars that are missed."""
        return [row for row in self.printed if not row.ok]

    @property
    def hard_holding(self) -> list[BarRow]:
        """The bars that nobody can waive and that hold."""
        return [row for row in self.hard if row.ok]

    @property
    def printed_holding(self) -> list[BarRow]:
        """The other bars that hold."""
        return [row for row in self.printed if row.ok]


def report_in(run: PlaytestRun, waivers: Iterable[Waiver], pass_mark: int) -> Report:
    """Lay the figures of a run out."""
    figures, let_pass = run.figures, {waiver.bar: waiver for waiver in waivers}
    policies = [_policy(name, each) for name, each in figures.get("policies", {}).items()]
    rows = [_bar(each, let_pass) for each in figures["bars"]]
    return Report(
        policies=policies,
        hard=[row for row in rows if row.hard],
        printed=[row for row in rows if not row.hard],
        items=figures.get("items", []),
        reliability=figures.get("reliability", {}),
        chart=_chart(policies, pass_mark),
    )


def _policy(name: str, each: Mapping[str, Any]) -> PolicyRow:
    return PolicyRow(
        name=name,
        label=policy_name(name),
        kind="skill" if name in SKILLS else "cheat",
        mean=each["mean"],
        sd=each["sd"],
        plays=each["n"],
        deals=100 * each["deal_rate"],
        walks=100 * each.get("walk_rate", 0),
    )


def policy_name(name: str) -> str:
    """What a policy is called; one that breaks a gate by its rule."""
    if name.startswith("gate-"):
        return _("Breaks the gate %(gate)s") % {"gate": name.removeprefix("gate-").upper()}
    return str(POLICY_NAMES.get(name, name))


def _bar(each: Mapping[str, Any], let_pass: Mapping[str, Waiver]) -> BarRow:
    return BarRow(
        name=each["name"],
        value=f"{each['value']:g}",
        limit=each["limit"],
        ok=each["ok"],
        hard=each["hard"],
        waiver=None if each["ok"] else let_pass.get(each["name"]),
    )


def _chart(policies: list[PolicyRow], pass_mark: int) -> BarChart:
    return BarChart(
        title=_("What bots of each kind reach"),
        description=_("Mean scores of %(count)s kinds of players; the pass mark is %(mark)s.")
        % {"count": len(policies), "mark": pass_mark},
        caption=_("Mean score of the automatic part. A sound case lets skill rise and every shortcut fail."),
        empty=_("No bot has played this version yet."),
        bars=[
            Length(row.label, row.mean, note=f"± {row.sd:g}", series=1 if row.kind == "skill" else 2)
            for row in policies
        ],
        highest=100,
        limit=Limit(pass_mark, _("pass mark")),
    )
