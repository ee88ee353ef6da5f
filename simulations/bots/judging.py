"""Judging: answers that follow from the facts found so far, weighed by what kind of evidence they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import Command, Draw, View, reckoning
from .eyes import JUDGEMENT, SHEET, Eyes
from .looking import Ledger, first_heard, weight

PROVES = 1.5
OVERSURE = 0.35
BLUR = 0.06


@dataclass(frozen=True, slots=True)
class Judge:
    """Answers assessments as well as its eyes let it; who is heedless answers against the evidence."""

    eyes: Eyes
    ledger: Ledger
    heedless: bool = False

    def answer(self, view: View, each: View, u01: Draw) -> Command:
        """The command that commits to a judgement."""
        command = {"type": "assess", "assessment": each["id"]}
        match each["kind"]:
            case "choice":
                return {**command, **self._choice(view, each, u01)}
            case "trl":
                return {**command, **self._level(view, each, u01)}
            case "checklist":
                return {**command, "rows": self._rows(view, each, u01)}
        return {**command, **self._worked(view, each, u01)}

    def _choice(self, view: View, each: View, u01: Draw) -> Command:
        name, answers = each["id"], [answer["id"] for answer in each["answers"]]
        if any("model" in answer for answer in each["answers"]):
            return self._dearest(view, each, u01)
        return {"value": self._weighed(view, f"assess:{name}:", answers, f"judge:{name}", u01)}

    def _weighed(self, view: View, prefix: str, answers: list[str], label: str, u01: Draw) -> str:
        """The answer with most evidence for it; whoever does not see that takes the one heard first."""
        if self.eyes.see(label, JUDGEMENT, u01):
            sums = self.ledger.of(view)
            scores = {answer: sums.get(prefix + answer, 0.0) for answer in answers}
            best = min(scores.values()) if self.heedless else max(scores.values())
            open_still = [answer for answer in answers if scores[answer] == best]
            return _pick(open_still, u01(f"among:{label}"))
        heard = first_heard(view, prefix)
        return heard if heard in answers else _pick(answers, u01(f"guess:{label}"))

    def _dearest(self, view: View, each: View, u01: Draw) -> Command:
        """Answers that are worked out: the one that comes out highest on the sheet."""
        found = reckoning.figures(view, each["inputs"], careful=self.eyes.see(f"sheet:{each['id']}", SHEET, u01))
        results = {answer["id"]: _valued(each, answer, found) for answer in each["answers"] if "model" in answer}
        best = max(results, key=lambda answer: results[answer])
        return {"value": best, "figures": reckoning.entered(found)}

    def _level(self, view: View, each: View, u01: Draw) -> Command:
        levels = [str(level) for level in range(int(each["low"]), int(each["high"]) + 1)]
        prefix = f"assess:{each['id']}:"
        value = self._weighed(view, prefix, levels, f"judge:{each['id']}", u01)
        proofs = [fact["id"] for fact in view["facts"] if _proves(fact, prefix, value)]
        return {"value": int(value), "evidence": proofs}

    def _rows(self, view: View, each: View, u01: Draw) -> dict[str, str]:
        name, answers = each["id"], [answer["id"] for answer in each["answers"]]
        rows = {}
        for row in each["rows"]:
            prefix = f"assess:{name}.{row['id']}:"
            rows[row["id"]] = self._weighed(view, prefix, answers, f"judge:{name}.{row['id']}", u01)
        return rows

    def _worked(self, view: View, each: View, u01: Draw) -> Command:
        careful = self.eyes.see(f"sheet:{each['id']}", SHEET, u01)
        lines = each.get("inputs") or [_whole(each)]
        found = reckoning.figures(view, lines, careful=careful)
        work = reckoning.sheet(each, each.get("model")) or (lambda numbers: numbers[lines[0]["id"]])
        value = reckoning.likely(work, found)
        if value is None:
            value = (each["low"] + each["high"]) / 2
        value += (u01(f"blur:{each['id']}") - 0.5) * BLUR * (each["high"] - each["low"]) * (1 - self.eyes.skill)
        ends = reckoning.interval(work, found) if each["kind"] == "interval" else None
        answer: Command = {"figures": reckoning.entered(found)} if each.get("inputs") else {}
        if each["kind"] == "number":
            return {**answer, "value": _stepped(each, value)}
        low, high = ends or (value, value)
        if not careful:
            low, high = value - OVERSURE * (high - low) / 2, value + OVERSURE * (high - low) / 2
        return {**answer, "low": _inside(each, min(low, high)), "high": _inside(each, max(low, high))}


def _pick(choices: list[str], u: float) -> str:
    return choices[int(u * len(choices))]


def _valued(each: View, answer: View, found: Mapping[str, reckoning.Figure]) -> float:
    work = reckoning.sheet(each, answer["model"])
    value = reckoning.likely(work, found) if work else None
    return float("-inf") if value is None else value


def _proves(fact: View, prefix: str, value: str) -> bool:
    """Whether a fact is more than a claim and speaks for this level, or against another."""
    if weight(fact) < PROVES:
        return False
    return any(
        bearing["on"].startswith(prefix) and (bearing["on"] == prefix + value) is not bool(bearing.get("against"))
        for bearing in fact.get("bears", ())
    )


def _whole(each: View) -> dict[str, Any]:
    """A judgement without a worksheet is one line by itself."""
    return {"id": each["id"], "low": each["low"], "high": each["high"], "step": each["step"]}


def _inside(each: View, value: float) -> float:
    return round(float(max(each["low"], min(each["high"], value))), 2)


def _stepped(each: View, value: float) -> float:
    step = each["step"] or 1
    return _inside(each, round(value / step) * step)
