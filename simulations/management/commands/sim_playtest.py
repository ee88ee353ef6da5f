"""Playtest scenarios with bots, and say which bars they clear."""

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from lms.kernel.refusals import Refusal
from simulations import library
from simulations.bots import Bot
from simulations.bots.report import index, pages
from simulations.bots.trial import WRITTEN, solo, trial
from simulations.engine.scenario import Scenario


class UnknownScenario(Refusal):
    code = "unknown-scenario"
    message = _("There is no scenario “%(code)s”; the library holds %(codes)s.")


class UnknownFlavour(Refusal):
    code = "unknown-flavour"
    message = _("The scenario has no flavour “%(flavour)s”; it has %(flavours)s.")


class UnknownBot(UnreadableInput):
    message = _("“%(bot)s” names no bot; write module:Class with an act method.")


class Command(ContractCommand):
    help = "Let bots play a scenario many times and measure it against its bars."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", help="the code of a scenario in the library")
        parser.add_argument("--bot", default="", help="module:Class of one bot instead of all policies")
        parser.add_argument("--plays", type=int, default=100, help="attempts of each policy")
        parser.add_argument("--field", type=int, default=None, help="virtual trainees, three attempts each")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--flavour", default=None, help=f"one flavour only; “{WRITTEN}” is the case as written")
        parser.add_argument("--jobs", type=int, default=1, help="processes to spread the attempts over")
        parser.add_argument("--report", type=Path, default=None, help="write the report with its charts to this folder")

    def carry_out(self, **options: Any) -> Outcome:
        scenario = _scenario(options["scenario"], options["flavour"])
        plays, seed, flavour = max(2, options["plays"]), options["seed"], options["flavour"]
        if options["bot"]:
            name, bot = _named(options["bot"])
            report = solo(scenario, bot, name, plays=plays, seed=seed, flavour=flavour)
            return Outcome(report, [*_policy_lines(report)])
        field = max(3, plays * 2 // 5 if options["field"] is None else options["field"])
        report = trial(scenario, plays=plays, seed=seed, jobs=options["jobs"], field=field, flavour=flavour)
        waived = {each["bar"] for each in library.waivers_of(scenario.id)}
        if options["report"]:
            keep_report(scenario, report, options["report"])
        lines = [*_policy_lines(report), *_flavour_lines(report), *_measure_lines(report), *_bar_lines(report, waived)]
        return Outcome(report, lines, ok=all(_stands(bar, waived) for bar in report["bars"]))


def _scenario(code: str, flavour: str | None) -> Scenario:
    if code not in library.codes():
        raise UnknownScenario(code=code, codes=", ".join(library.codes()))
    scenario = library.scenario(code)
    if flavour not in (None, WRITTEN, *scenario.flavours):
        raise UnknownFlavour(flavour=flavour, flavours=", ".join((WRITTEN, *scenario.flavours)))
    return scenario


def keep_report(scenario: Scenario, report: dict[str, Any], folder: Path) -> None:
    """Write the page with its charts to the folder, and the figures beside the scenario."""
    folder.mkdir(parents=True, exist_ok=True)
    waivers = library.waivers_of(scenario.id)
    for name, text in pages(report, scenario.title.zh, waivers).items():
        (folder / name).write_text(text, encoding="utf-8")
    beside = Path(library.__file__).parent / scenario.id / "playtest.json"
    beside.write_text(_document(report), encoding="utf-8")
    reports = {code: kept for code in library.codes() if (kept := library.report_of(code))}
    (folder / "README.md").write_text(_index(reports), encoding="utf-8")


def _document(report: dict[str, Any]) -> str:
    """One line for each key, so that a change can be read."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in report.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _index(reports: dict[str, dict[str, Any]]) -> str:
    scenarios = {code: library.scenario(code) for code in reports}
    return index(
        reports,
        {code: scenario.title.zh for code, scenario in scenarios.items()},
        {code: library.waivers_of(code) for code in reports},
        frozenset(code for code, report in reports.items() if report["sha256"] != scenarios[code].sha256),
    )


def _named(path: str) -> tuple[str, Callable[[], Bot]]:
    module, _colon, name = path.partition(":")
    try:
        bot = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as fault:
        raise UnknownBot(bot=path) from fault
    if not callable(getattr(bot, "act", None)):
        raise UnknownBot(bot=path)
    return name, bot


def _stands(bar: dict[str, Any], waived: set[str]) -> bool:
    return bar["ok"] or (not bar["hard"] and bar["name"] in waived)


def _policy_lines(report: dict[str, Any]) -> Iterator[str]:
    for name, each in report["policies"].items():
        yield (
            f"{name:12} {each['mean']:6.1f} ± {each['sd']:4.1f}  n {each['n']:4}  deals {each['deal_rate']:5.0%}"
            f"  walks {each['walk_rate']:5.0%}  Nash {each['nash']:.2f}"
            f"  days {each['time_used']:4.0%}  budget {each['budget_used']:4.0%}"
        )


def _flavour_lines(report: dict[str, Any]) -> Iterator[str]:
    for flavour, told in report["flavours"].items():
        means = "  ".join(f"{name} {each['mean']:.1f}" for name, each in told["policies"].items())
        yield f"[{flavour}{', walking away is right' if told['walk_right'] else ''}] {means}"


def _measure_lines(report: dict[str, Any]) -> Iterator[str]:
    found, zopa = report["reliability"], report["zopa"]
    yield (
        f"alpha {found['alpha']}  SEM {found['sem1']} (mean of three {found['sem3']})"
        f"  ICC {found['icc1']} (three {found['icc3']})  ZOPA {zopa['least']} – {zopa['most']}"
    )


def _bar_lines(report: dict[str, Any], waived: set[str]) -> Iterator[str]:
    """Every hard bar; of the printed ones those that are missed."""
    for bar in report["bars"]:
        if bar["hard"] or not bar["ok"]:
            word = "ok  " if bar["ok"] else "waived" if _stands(bar, waived) else "MISS" if bar["hard"] else "miss"
            yield f"{word} {bar['name']}: {bar['value']} ({bar['limit']})"
