"""Truths: what every judgement should have been, worked out from declared models, once, at approval."""

from collections.abc import Mapping
from typing import Any

from .models import BadModel, evaluate
from .scenario import ENGINE_VERSION, Scenario
from .sheets import Assessment
from .utility import curve_at
from .varying import rebuilt

Worked = dict[str, Any]
GENEROUS = ((0.25, 0.0), (0.9, 1.0))
BY_WIDTH = ((0.0, 1.0), (0.2, 1.0), (1.0, 0.0))
LEVEL, EVIDENCE = 0.6, 0.4
TOLERANCE = 0.25


def truths(sc: Scenario) -> dict[str, Any]:
    """The truths of every variant of every flavour, as JSON values to be kept with the version.

    What cannot be worked out is left out; `checks` names it.
    """
    worked = {
        f"{flavour}:{number}": {name: found for name in each.assessments if (found := _soundly(each, name))}
        for flavour in ("", *sc.flavours)
        for number in range(1, sc.variants + 1)
        for each in [sc.varied(flavour, number)]
    }
    return {"engine": ENGINE_VERSION, "sha256": sc.sha256, "truths": worked}


def _soundly(sc: Scenario, name: str) -> Worked | None:
    try:
        return _worked(sc, name)
    except (BadModel, TypeError, ValueError):
        return None


def with_truths(sc: Scenario, stored: Mapping[str, Any]) -> Scenario:
    """The scenario with its kept truths, so that scoring never works them out anew."""
    if "truths" not in stored:
        return sc
    if stored["sha256"] != sc.sha256:
        raise ValueError("these truths were worked out for other content")
    return rebuilt(sc, truths_now=dict(stored["truths"]))


def truth(sc: Scenario, name: str) -> Worked:
    """What an assessment should have been; the kept truth where there is one."""
    if sc.variant_no and name in sc.truths_now:
        kept: Worked = sc.truths_now[name]
        return kept
    key = ("truth", name)
    if key not in sc.kept:
        sc.kept[key] = _worked(sc, name)
    worked: Worked = sc.kept[key]
    return worked


def _worked(sc: Scenario, name: str) -> Worked:
    each = sc.assessments[name]
    figures = {key: exact(evaluate(line.truth, sc.numbers)) for key, line in each.inputs.items()}
    worked: Worked = {"figures": figures} if figures else {}
    match each.kind:
        case "choice":
            return {**worked, "credits": _credits(each, _worths(sc, each, figures))}
        case "checklist":
            return {**worked, "rows": {key: row.right for key, row in each.rows.items()}}
        case "interval" if any(line.spread for line in each.inputs.values()):
            return {**worked, "quantiles": _quantiles(each, figures)}
        case _:
            return {**worked, "value": exact(_value(sc, each, figures))}


def exact(value: float) -> float:
    """To nine digits, so that the last bit of a machine never shows."""
    return float(f"{value:.9g}")


def _value(sc: Scenario, each: Assessment, figures: dict[str, float]) -> float:
    names = _names(sc, each, figures)
    return float(evaluate(_model(each), names))


def _model(each: Assessment) -> Any:
    if each.model is None and each.workbench:
        return "licensor_royalty"
    return each.model


def _names(sc: Scenario, each: Assessment, figures: dict[str, float]) -> Mapping[str, Any]:
    """What a model speaks of: outputs of the workbench, lines of the sheet, or parameters."""
    if each.workbench:
        from . import valuation  # noqa: PLC0415 -- numpy is loaded by those who need it

        return {name: float(worth) for name, worth in valuation.licence(figures).items()}
    return figures if each.inputs else sc.numbers


def _worths(sc: Scenario, each: Assessment, figures: dict[str, float]) -> dict[str, float]:
    modelled = {key: choice.model for key, choice in each.answers.items() if choice.model is not None}
    if not modelled:
        return {}
    names = _names(sc, each, figures)
    return {key: float(evaluate(model, names)) for key, model in modelled.items()}


def _credits(each: Assessment, worths: dict[str, float]) -> dict[str, float]:
    """The share that each answer earns: as written, or less the further its worth lies below the best."""
    if not worths:
        return {key: choice.credit for key, choice in each.answers.items()}
    best = max(worths.values())
    return {key: exact(max(0.0, 1 - (best - worth) / each.scale)) for key, worth in worths.items()}


def _quantiles(each: Assessment, figures: dict[str, float]) -> list[float]:
    from . import valuation  # noqa: PLC0415 -- numpy is loaded by those who need it

    drawn: dict[str, Any] = {}
    for key, line in each.inputs.items():
        ends = line.spread or (1.0, 1.0, 1.0)
        drawn[key] = valuation.triangular(key, *sorted(figures[key] * end for end in ends))
    names = valuation.licence(drawn) if each.workbench else drawn
    return valuation.quantiles_of(evaluate(_model(each), names, valuation.ON_ARRAYS))


def right(sc: Scenario, name: str) -> str:
    """The answer of a choice that earns most."""
    credits_ = truth(sc, name)["credits"]
    return max(credits_, key=lambda answer: credits_[answer])


def credit(sc: Scenario, name: str, answer: Mapping[str, Any]) -> float:
    """The share of the points an answer earns, between 0 and 1."""
    each, worked = sc.assessments[name], truth(sc, name)
    match each.kind:
        case "choice":
            return float(worked["credits"][answer["value"]])
        case "number":
            return max(0.0, 1 - abs(answer["value"] - worked["value"]) / each.scale)
        case "trl":
            level = max(0.0, 1 - abs(answer["value"] - worked["value"]) / each.scale)
            return LEVEL * level + EVIDENCE * _overlap(each.evidence, answer.get("evidence", ()))
        case "checklist":
            return _ticked(each, worked["rows"], answer["rows"])
    if "quantiles" in worked:
        return _calibrated(worked["quantiles"], answer["low"], answer["high"])
    return curve_at(BY_WIDTH, interval_score(answer["low"], answer["high"], worked["value"]) / each.scale)


def _overlap(wanted: tuple[str, ...], cited: Any) -> float:
    """What was rightly cited, over all that was cited or should have been."""
    together = {*wanted, *cited}
    return len(set(wanted) & set(cited)) / len(together) if together else 1.0


def _ticked(each: Assessment, wanted: Mapping[str, str], rows: Mapping[str, str]) -> float:
    """Right rows, less what guessing would have brought; an empty row costs nothing."""
    hits = sum(rows.get(key) == answer for key, answer in wanted.items())
    wrong = len(rows) - hits
    return max(0.0, hits - wrong / max(1, len(each.answers) - 1)) / len(wanted)


def _calibrated(quantiles: list[float], low: float, high: float) -> float:
    """How near an 80 % interval comes to the best one, by the score it is expected to get."""
    best = expected_score(quantiles, quantiles[10], quantiles[90])
    given = expected_score(quantiles, low, high)
    return curve_at(GENEROUS, best / given) if given > 0 else 1.0


def expected_score(quantiles: list[float], low: float, high: float) -> float:
    """The mean score of an interval, when the truth is spread as the quantiles say."""
    scores = [interval_score(low, high, x) for x in quantiles]
    return (sum(scores) - (scores[0] + scores[-1]) / 2) / (len(scores) - 1)


def interval_score(low: float, high: float, x: float, alpha: float = 0.2) -> float:
    """Gneiting and Raftery's score of a central interval: its width, and a penalty for missing. Less is better."""
    return (high - low) + 2 / alpha * max(0.0, low - x) + 2 / alpha * max(0.0, x - high)


def figures_right(sc: Scenario, name: str, answer: Mapping[str, Any]) -> float:
    """How near the likely figures of a worksheet came to what they truly are, each within a quarter of itself."""
    wanted = truth(sc, name).get("figures", {})
    given = answer.get("figures", {})
    shares = []
    for key, x in wanted.items():
        line = sc.assessments[name].inputs[key]
        reach = TOLERANCE * (abs(x) or line.high - line.low)
        shares.append(max(0.0, 1 - abs(given[key][1] - x) / reach) if key in given else 0.0)
    return sum(shares) / len(shares) if shares else 0.0
