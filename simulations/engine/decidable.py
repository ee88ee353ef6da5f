"""Decidable: every judgement has a truth in range, and what can be found speaks for it more than for anything else."""

from collections.abc import Iterator

from .found import Found, unknown
from .load import Path
from .models import BadModel
from .reachable import reach
from .scenario import Scenario
from .sheets import Assessment
from .truths import Worked, right, truth

WEIGHT = {"claim": 0.3, "statement": 1.0, "record": 2.0, "test": 3.0, "register": 4.0, "law": 4.0}


def judgements(sc: Scenario) -> Iterator[Found]:
    """What is wrong with the truths of the judgements."""
    for name, each in sc.assessments.items():
        path: Path = ("assessments", name)
        if each.kind not in ("choice", "checklist") and each.model is None and each.workbench is None:
            en, zh = f"“{name}” declares no model for its truth.", f"“{name}”没有声明真值模型。"
            yield Found(path, "no-model", en, zh)
            continue
        try:
            worked = truth(sc, name)
        except (BadModel, KeyError, TypeError, ValueError) as fault:
            yield Found((*path, "model"), "bad-model", f"The model fails: {fault}.", f"模型无法计算：{fault}。")
            continue
        yield from _in_range(path, name, each, worked)


def _in_range(path: Path, name: str, each: Assessment, worked: Worked) -> Iterator[Found]:
    for key, figure in worked.get("figures", {}).items():
        line = each.inputs[key]
        ends = line.spread or (1.0, 1.0, 1.0)
        if not all(line.low <= figure * end <= line.high for end in ends):
            en = f"The truth of “{key}” is {figure:g}, with its spread outside its range."
            yield Found(
                (*path, "inputs", key), "truth-out-of-range", en, f"“{key}”的真值 {figure:g}（含波动）超出可填范围。"
            )
    if "credits" in worked:
        if max(worked["credits"].values(), default=0) < 1:
            yield Found(path, "no-right-answer", f"“{name}” has no right answer.", f"“{name}”没有正确答案。")
    elif "rows" not in worked:
        answers = [worked["quantiles"][at] for at in (10, 90)] if "quantiles" in worked else [worked["value"]]
        for end in answers:
            if not each.low <= end <= each.high:
                en = f"The truth of “{name}” is {end:g}, outside its range."
                yield Found(path, "truth-out-of-range", en, f"“{name}”的真值 {end:g} 超出可填范围。")


def undecided(sc: Scenario) -> Iterator[Found]:
    """Judgements that what can be found does not decide, and lines of sheets that nothing tells."""
    for name, each in sc.assessments.items():
        path: Path = ("assessments", name)
        if each.inputs:
            yield from _untold(sc, path, each)
        elif each.kind == "choice":
            if all(choice.model is None for choice in each.answers.values()):
                yield from _outweighed(sc, path, f"assess:{name}", right(sc, name), list(each.answers))
        elif each.kind == "trl":
            levels = [str(level) for level in range(int(each.low), int(each.high) + 1)]
            yield from _outweighed(sc, path, f"assess:{name}", f"{truth(sc, name)['value']:g}", levels)
        for key, row in each.rows.items():
            yield from _outweighed(sc, (*path, "rows", key), f"assess:{name}.{key}", row.right, list(each.answers))


def _outweighed(sc: Scenario, path: Path, judged: str, best: str, answers: list[str]) -> Iterator[Found]:
    weights = {answer: evidence(sc, f"{judged}:{answer}") for answer in answers}
    rival = max((answer for answer in answers if answer != best), key=lambda a: weights[a], default=best)
    if weights[best] <= 0 or (rival != best and weights[rival] >= weights[best]):
        en = f"What can be found speaks for “{best}” with {weights[best]:g} and for “{rival}” with {weights[rival]:g}."
        zh = f"能查到的证据对“{best}”的分量是 {weights[best]:g}，对“{rival}”是 {weights[rival]:g}。"
        yield Found(path, "undecided", en, zh)


def evidence(sc: Scenario, on: str) -> float:
    """The weight of all that can be found for an answer, less what can be found against it."""
    if "evidence" not in sc.kept:
        weights: dict[str, float] = {}
        for name in sorted(reach(sc).facts):
            fact = sc.facts[name]
            for bears in fact.bears:
                by = -WEIGHT[fact.grade] if bears.against else WEIGHT[fact.grade]
                weights[bears.on] = weights.get(bears.on, 0.0) + by
        sc.kept["evidence"] = weights
    return float(sc.kept["evidence"].get(on, 0.0))


def _untold(sc: Scenario, path: Path, each: Assessment) -> Iterator[Found]:
    found = reach(sc)
    told = {name for fact in found.facts for name in sc.facts[fact].data}
    told |= {
        a.procedure.tells for n, a in sc.actions.items() if n in found.actions and a.procedure and a.procedure.tells
    }
    for key in each.inputs:
        if key not in told:
            en = f"No fact that can be found tells “{key}” truly (its data names no parameter “{key}”)."
            zh = f"没有能查到的事实如实给出“{key}”（data 里没有名为“{key}”的参数）。"
            yield Found((*path, "inputs", key), "input-untold", en, zh)


def bearings(sc: Scenario) -> Iterator[Found]:
    """Facts that bear on something that does not exist."""
    known = set(_bearable(sc))
    for name, fact in sc.facts.items():
        for n, bears in enumerate(fact.bears):
            if bears.on not in known:
                yield unknown(("facts", name, "bears", n), "bearing", bears.on)


def _bearable(sc: Scenario) -> Iterator[str]:
    for name, action in sc.actions.items():
        yield f"done:{name}"
        yield from (f"done:{name}:{option}" for option in action.options)
    for name, draft in sc.drafts.items():
        yield from (f"clause:{name}.{clause}" for clause in draft.clauses)
    for name, each in sc.assessments.items():
        yield from (f"assess:{name}:{answer}" for answer in each.answers)
        yield from (f"assess:{name}.{row}:{answer}" for row in each.rows for answer in each.answers)
        if each.kind == "trl":
            yield from (f"assess:{name}:{level}" for level in range(int(each.low), int(each.high) + 1))
