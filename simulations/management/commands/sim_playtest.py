"""Playtest a scenario with bots, and say which bars it clears."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy as _

from lms.kernel.commands import ContractCommand, Outcome, UnreadableInput
from lms.kernel.refusals import Refusal
from simulations import library
from simulations.bots import Bot
from simulations.bots.bars import Bar, bars
from simulations.bots.playtest import PolicyReport, playtest
from simulations.bots.policies import POLICIES


class UnknownScenario(Refusal):
    code = "unknown-scenario"
    message = _("There is no scenario “%(code)s”; the library holds %(codes)s.")


class UnknownBot(UnreadableInput):
    message = _("“%(bot)s” names no bot; write module:Class with an act method.")


class Command(ContractCommand):
    help = "Let bots play a scenario many times and measure it against its bars."

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("scenario", help="the code of a scenario in the library")
        parser.add_argument("--bot", default="", help="module:Class of one bot instead of all policies")
        parser.add_argument("--plays", type=int, default=100, help="attempts of each policy")
        parser.add_argument("--seed", type=int, default=1)

    def carry_out(self, **options: Any) -> Outcome:
        code = options["scenario"]
        if code not in library.codes():
            raise UnknownScenario(code=code, codes=", ".join(library.codes()))
        scenario = library.scenario(code)
        policies = _named(options["bot"]) if options["bot"] else POLICIES
        plays = max(2, options["plays"])
        reports = {name: playtest(scenario, bot, plays, options["seed"]) for name, bot in policies.items()}
        cleared = bars(scenario, reports)
        payload = {
            "scenario": scenario.id,
            "version": scenario.version,
            "sha256": scenario.sha256,
            "policies": {name: _figures(report) for name, report in reports.items()},
            "bars": [{"name": bar.name, "value": bar.value, "limit": bar.limit, "ok": bar.ok} for bar in cleared],
        }
        return Outcome(payload, [*_policy_lines(reports), *_bar_lines(cleared)], ok=all(bar.ok for bar in cleared))


def _named(path: str) -> Mapping[str, Callable[[], Bot]]:
    module, _colon, name = path.partition(":")
    try:
        bot = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as fault:
        raise UnknownBot(bot=path) from fault
    if not callable(getattr(bot, "act", None)):
        raise UnknownBot(bot=path)
    return {name: bot}


def _figures(report: PolicyReport) -> dict[str, float | int]:
    return {
        "mean": round(report.mean, 2),
        "sd": round(report.sd, 2),
        "n": report.n,
        "deal_rate": round(report.deal_rate, 3),
        "nash": round(sum(report.nash) / report.n, 3),
        "time_used": round(report.time_used, 3),
        "budget_used": round(report.budget_used, 3),
    }


def _policy_lines(reports: Mapping[str, PolicyReport]) -> list[str]:
    return [
        f"{name:16} {report.mean:6.1f} ± {report.sd:4.1f}  n {report.n:4}  deals {report.deal_rate:5.0%}"
        for name, report in reports.items()
    ]


def _bar_lines(cleared: tuple[Bar, ...]) -> list[str]:
    return [f"{'ok  ' if bar.ok else 'MISS'} {bar.name}: {bar.value} ({bar.limit})" for bar in cleared]
