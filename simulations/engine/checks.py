"""Checks of a scenario that types cannot make: references, sums, reachability, the zone of agreement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from . import frontier
from .decidable import bearings, judgements, undecided
from .found import Found, missing, unknown
from .load import Loaded, Path, Problem, dotted, line_of, load
from .reachable import unreachable
from .references import references
from .scenario import LANGUAGES, NAMED, Scenario
from .sensible import oddities

ZOPA = (0.03, 0.12)
HEAVIEST_ITEM = 0.10
FEWEST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What checking gives: the scenario if it loads, and every problem with its line."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_text(text: str) -> Report:
    """Load a scenario file and check it whole."""
    loaded = load(text)
    if loaded.scenario is None:
        return Report(None, loaded.problems)
    return Report(loaded.scenario, check(loaded.scenario, loaded))


def check(sc: Scenario, loaded: Loaded | None = None, *, seats: bool = False) -> tuple[Problem, ...]:
    """Check a scenario in all its flavours; with the file it was loaded from, problems name their lines."""
    lines = loaded.lines if loaded else {}
    found: dict[tuple[Path, str, str], Found] = {}
    for flavour in ("", *sc.flavours):
        for each in _of_shape(sc.flavoured(flavour), seats):
            placed = replace(each, path=_place(flavour, each.path, lines))
            found.setdefault((each.path, each.code, each.en), placed)
    if not found:
        found = {(each.path, each.code, each.en): each for each in _zones(sc)}
    problems = [Problem(line_of(f.path, lines), dotted(f.path), f.code, f.en, f.zh) for f in found.values()]
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _of_shape(sc: Scenario, seats: bool) -> Iterator[Found]:
    """All that can be wrong with one flavour before its numbers are drawn."""
    found = [*references(sc), *_texts(sc), *_prices(sc)]
    if not found:
        found = [*judgements(sc), *bearings(sc), *oddities(sc)]
    if not found:
        found = [*unreachable(sc), *undecided(sc)]
    yield from found
    yield from _sums(sc)
    for name, party in sc.parties.items():
        if party.controller == "seat" and not seats:
            en, zh = (
                f"“{name}” is a seat for a person; that cannot be played yet.",
                f"“{name}”是真人席位，目前还不能玩。",
            )
            yield Found(("parties", name, "controller"), "seat-not-playable", en, zh)


def _place(flavour: str, path: Path, lines: dict[Path, int]) -> Path:
    """Where a problem of a flavour stands: in its patch when that has a part in it, else in the case as written."""
    patched: Path = ("flavours", flavour, "patch", *path)
    while len(patched) > 3 + bool(path):
        if patched in lines:
            return patched
        patched = patched[:-1]
    return patched if flavour and patched in lines else path


def _texts(sc: Scenario) -> Iterator[Found]:
    spoken = {*sc.spoken["zh"], "issue"}
    for path, text in _all_texts(sc.model_dump(mode="json", exclude={"flavours", "truths_now"}), ()):
        if "en" in sc.languages and not text["en"]:
            yield Found(path, "no-english", "This sentence has no English.", "这句话没有英文。")
        for lang in LANGUAGES:
            for name in NAMED.findall(text[lang]):
                if name not in spoken:
                    yield unknown((*path, lang), "param", name)


def _all_texts(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            yield path, value
            return
        for key, part in value.items():
            yield from _all_texts(part, (*path, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _all_texts(part, (*path, n))


def _sums(sc: Scenario) -> Iterator[Found]:
    total = sum(sc.competencies.values())
    if abs(total - 1) > 1e-9:
        en, zh = f"The competency weights sum to {total:g}, not to 1.", f"各项能力的权重之和是 {total:g}，不是 1。"
        yield Found(("competencies",), "weights-sum", en, zh)
    for code, weight in sc.competencies.items():
        mine = [item for item in sc.rubric if item.comp == code]
        if len(mine) < FEWEST_ITEMS:
            en, zh = f"{code} rests on fewer than three items.", f"{code} 的评分项不足三条。"
            yield Found(("competencies", code), "too-few-items", en, zh)
        for item in mine:
            share = weight * item.points / sum(each.points for each in mine)
            if share > HEAVIEST_ITEM + 1e-9:
                en, zh = (
                    f"{item.id} weighs {share:.0%} of the total; 10% is the most.",
                    f"{item.id} 占总分 {share:.0%}，最多 10%。",
                )
                yield Found(("rubric", sc.rubric.index(item)), "item-too-heavy", en, zh)


def _prices(sc: Scenario) -> Iterator[Found]:
    for name, party in sc.parties.items():
        for issue, values in party.utility.values.items():
            path: Path = ("parties", name, "utility", "values", issue)
            if issue not in sc.issues:
                continue
            if isinstance(values, dict) is (sc.issues[issue].kind == "number"):
                en, zh = f"“{issue}” is priced as the wrong kind.", f"“{issue}”的定价方式与议题类型不符。"
                yield Found(path, "wrong-kind", en, zh)
            elif isinstance(values, dict):
                yield from missing(path, "value", sc.issues[issue].values, values)
            else:
                names = [at for at, _ in values if isinstance(at, str)]
                yield from missing(path, "param", names, sc.params)


def every_variant(sc: Scenario) -> Iterator[Scenario]:
    """Each variant of each flavour once."""
    for flavour in ("", *sc.flavours):
        for number in range(1, sc.variants + 1):
            yield sc.varied(flavour, number)


def _zones(sc: Scenario) -> Iterator[Found]:
    for each in every_variant(sc):
        where = f"{each.flavour_now or '–'} {each.variant_no}"
        for party, scales in each.scales.items():
            for issue, scale in scales.items():
                if not isinstance(scale, dict) and any(a >= b for (a, _), (b, _) in pairwise(scale)):
                    en = f"In variant {where} the knots of “{issue}” do not rise."
                    zh = f"变体 {where} 中“{issue}”的折点没有递增。"
                    yield Found(("parties", party, "utility", "values", issue), "knots-order", en, zh)
        yield from judgements(each)
        if each.walk_right:
            continue
        share = frontier.prospects(each).zopa_share
        if not ZOPA[0] <= share <= ZOPA[1]:
            en = f"In variant {where} both sides would sign {share:.1%} of the outcomes; 3–12% is sound."
            zh = f"变体 {where} 中双方都肯签的结果占 {share:.1%}，宜在 3%–12% 之间。"
            yield Found(("talks",), "zone-of-agreement", en, zh)
