"""The report of a playtest: a page with tables and charts, and an index of all pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import charts

Json = Mapping[str, Any]
Waivers = Sequence[Mapping[str, str]]


def pages(report: Json, title: str, waivers: Waivers) -> dict[str, str]:
    """The files of a report by name: the page and its two charts."""
    code = report["scenario"]
    return {
        f"{code}.md": "\n".join(_page(report, title, waivers)) + "\n",
        f"{code}-scores.svg": charts.strips(report),
        f"{code}-items.svg": charts.items(report),
    }


def index(
    reports: Mapping[str, Json],
    titles: Mapping[str, str],
    waivers: Mapping[str, Waivers],
    stale: frozenset[str] = frozenset(),
) -> str:
    """The page that lists all reports, with what each scenario misses; stale ones are of an earlier content."""
    told = {
        code: f"{title} (measured before its last change)" if code in stale else title for code, title in titles.items()
    }
    rows = [_index_row(report, told[code], waivers.get(code, ())) for code, report in reports.items()]
    return "\n".join(
        [
            "# Playtests",
            "",
            "Bots of rising skill, cheats and one breaker for each hard gate play every scenario through what a player",
            "sees; how they know what they know stands in [simulation bots](../simulation-bots.md). Scores are the",
            "automatic part alone. `make playtest` writes these pages; the same seed gives the same figures. How many",
            "plays of each policy a page rests on stands at its head.",
            "Calibrated on simulated players: no figure here says how people fare.",
            "",
            *_table(
                ["scenario", "random", "novice", "average", "good", "expert", "α", "SEM 1 / 3", "ICC 1 / 3", "misses"],
                rows,
            ),
            "",
            "What a shape written after the bots were frozen showed: [after the freeze](after-the-freeze.md).",
            "",
        ]
    )


def _index_row(report: Json, title: str, waivers: Waivers) -> list[str]:
    means = [f"{report['policies'][name]['mean']:.1f}" for name in ("random", "novice", "average", "good", "expert")]
    found = report["reliability"]
    hard, printed = _missed(report, hard=True), _missed(report, hard=False)
    waived = {each["bar"] for each in waivers}
    open_still = [bar for bar in printed if bar["name"] not in waived]
    return [
        f"[{report['scenario']}]({report['scenario']}.md) {title}",
        *means,
        f"{found['alpha']:.2f}",
        f"{found['sem1']:.1f} / {found['sem3']:.1f}",
        f"{found['icc1']:.2f} / {found['icc3']:.2f}",
        f"{len(hard)} hard, {len(open_still)} printed, {len(printed) - len(open_still)} waived",
    ]


def _page(report: Json, title: str, waivers: Waivers) -> Iterator[str]:
    code = report["scenario"]
    yield f"# {code}: {title}"
    yield ""
    yield (
        f"Version {report['version']}, content `{report['sha256'][:16]}`, engine {report['engine']}, level"
        f" {report['level']}, pass mark {report['pass_mark']}. {report['plays']} plays of each policy, spread evenly"
        f" over all flavours and variants; a field of {report['field']} virtual trainees of skills .1 to 1, three"
        f" attempts each; seed {report['seed']}. Calibrated on simulated players."
    )
    yield from ("", f"![Totals by policy]({code}-scores.svg)", "")
    yield from _table(
        ["policy", "mean", "sd", "n", "deals", "walks away", "Nash", "days used", "budget used"],
        [[name, *_policy(each)] for name, each in report["policies"].items()],
    )
    yield from ("", "## What missed a bar", "", *_misses(report, waivers))
    yield from ("", "## Hard bars", "")
    yield from _table(
        ["bar", "measured", "limit", ""],
        [[bar["name"], _number(bar["value"]), bar["limit"], _word(bar)] for bar in report["bars"] if bar["hard"]],
    )
    yield from ("", "## Shapes of the case", "", *_flavours(report))
    yield from ("", "## How well it measures", "", *_measures(report))
    yield from ("", f"![Items by ease and fit]({code}-items.svg)", "")
    yield from _table(
        ["item", "p", "r with the rest"],
        [[item["id"], f"{item['p']:.2f}", f"{item['r_it']:.2f}"] for item in report["items"]],
    )


def _policy(each: Json) -> list[str]:
    shares = [f"{each[name]:.0%}" for name in ("deal_rate", "walk_rate")]
    used = [f"{each[name]:.0%}" for name in ("time_used", "budget_used")]
    return [f"{each['mean']:.1f}", f"{each['sd']:.1f}", str(each["n"]), *shares, f"{each['nash']:.2f}", *used]


def _misses(report: Json, waivers: Waivers) -> list[str]:
    reasons = {each["bar"]: f"waived by {each['approver']}: {each['reason']}" for each in waivers}
    missed = [bar for bar in report["bars"] if not bar["ok"]]
    if not missed:
        return ["Nothing."]
    return _table(
        ["bar", "measured", "limit", "by how much", ""],
        [
            [
                bar["name"],
                _number(bar["value"]),
                bar["limit"],
                _gap(bar),
                "hard" if bar["hard"] else reasons.get(bar["name"], "printed"),
            ]
            for bar in missed
        ],
    )


def _missed(report: Json, *, hard: bool) -> list[Json]:
    return [bar for bar in report["bars"] if not bar["ok"] and bar["hard"] is hard]


def _gap(bar: Json) -> str:
    """How far the value is on the wrong side of its limit."""
    bounds = [float(part) for part in bar["limit"].replace("≤", "").replace("≥", "").split("–")]
    return _number(min(abs(bar["value"] - bound) for bound in bounds))


def _flavours(report: Json) -> Iterator[str]:
    names = list(report["policies"])
    shapes = report["flavours"]
    yield from _table(
        [
            "policy",
            *(f"{name}{' (walking away is right)' if told['walk_right'] else ''}" for name, told in shapes.items()),
        ],
        [[name, *(_mean(told["policies"].get(name)) for told in shapes.values())] for name in names],
    )
    yield ""
    for name, told in shapes.items():
        least, most = told["zopa"]["least"], told["zopa"]["most"]
        if least is not None:
            yield f"- {name}: both sides could sign {least:.1%} to {most:.1%} of the grid."


def _mean(each: Json | None) -> str:
    return f"{each['mean']:.1f} ± {each['sd']:.1f}" if each else "–"


def _measures(report: Json) -> list[str]:
    found = report["reliability"]
    return _table(
        ["", "one attempt", "mean of three"],
        [
            ["standard error of measurement", f"{found['sem1']:.1f}", f"{found['sem3']:.1f}"],
            ["intraclass correlation, other variants", f"{found['icc1']:.2f}", f"{found['icc3']:.2f}"],
            ["Cronbach's alpha", f"{found['alpha']:.2f}", ""],
        ],
    )


def _number(value: float) -> str:
    return f"{value:.2f}"


def _word(bar: Json) -> str:
    return "holds" if bar["ok"] else "**missed**"


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows)]
