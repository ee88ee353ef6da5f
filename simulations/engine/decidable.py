"""Decidable: every judgement has a truth that can be worked out and lies in range."""

from collections.abc import Iterator

from .load import Path
from .models import BadModel
from .parts import Assessment
from .references import Found
from .scenario import Scenario
from .truths import Worked, truth


def judgements(sc: Scenario) -> Iterator[Found]:
    """What is wrong with the truths of the judgements."""
    for name, each in sc.assessments.items():
        path: Path = ("assessments", name)
        if each.kind == "checklist":
            continue
        if each.kind != "choice" and each.model is None and each.workbench is None:
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
    if "credits" in worked:
        if max(worked["credits"].values()) < 1:
            yield Found(path, "no-right-answer", f"“{name}” has no right answer.", f"“{name}”没有正确答案。")
        return
    ends = worked["quantiles"][10:91:80] if "quantiles" in worked else [worked["value"]]
    for end in ends:
        if not each.low <= end <= each.high:
            en = f"The truth of “{name}” is {end:g}, outside its range."
            yield Found(path, "truth-out-of-range", en, f"“{name}”的真值 {end:g} 超出可填范围。")
