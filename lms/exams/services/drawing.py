"""Drawing the items of a paper: which questions, in which order, with which order of options."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.models import QuestionVersion
from lms.exams.services.fingerprint import shuffled
from lms.kernel.refusals import Refusal

Line = Mapping[str, Any]
CASE = "case"
# True and false stand where everybody expects them.
UNSHUFFLED = (QuestionKind.TRUE_FALSE,)
FILTERS = ("level", "module", "topic", "competency", "difficulty")


class NotEnoughQuestions(Refusal):
    code = "not-enough-questions"
    message = _("The blueprint asks for %(wanted)s questions of the kind “%(kind)s”; the bank has %(found)s that fit.")


@dataclass(slots=True)
class Exposure:
    """How many papers of an exam hold each question version, and how many may; `seen` are its person's own."""

    papers: dict[int, int] = field(default_factory=dict)
    expected: int = 1
    percent: int = 100
    seen: frozenset[int] = frozenset()

    @property
    def most(self) -> int:
        """The papers in which one question may lie."""
        return max(1, ceil(self.expected * self.percent / 100))

    def allows(self, version: int) -> bool:
        """Whether one more paper may hold it."""
        return self.papers.get(version, 0) < self.most

    def count(self, versions: Sequence[int]) -> None:
        """Take note of one more paper."""
        for version in versions:
            self.papers[version] = self.papers.get(version, 0) + 1


Group = list[QuestionVersion]


def _fits(group: Group, line: Line) -> bool:
    first = group[0]
    in_case = first.question.case_set_id is not None
    if in_case != (line["kind"] == CASE):
        return False
    return (in_case or first.question.kind == line["kind"]) and all(
        line.get(name) in (None, "", getattr(first, name)) for name in FILTERS
    )


def _groups(versions: Sequence[QuestionVersion]) -> list[Group]:
    """Single questions by themselves, the questions of a case together in their places."""
    cases: dict[int, Group] = defaultdict(list)
    singles: list[Group] = []
    for version in sorted(versions, key=lambda version: version.content_hash):
        if version.question.case_set_id is None:
            singles.append([version])
        else:
            cases[version.question.case_set_id].append(version)
    for group in cases.values():
        group.sort(key=lambda version: version.question.case_place or 0)
    return singles + sorted(cases.values(), key=lambda group: group[0].content_hash)


def fitting(line: Line, versions: Sequence[QuestionVersion]) -> int:
    """How many questions a line could draw from; of a line of cases, how many case sets."""
    return sum(_fits(group, line) for group in _groups(versions))


def _draw(line: Line, number: int, pool: list[Group], seed: str, exposure: Exposure) -> list[Group]:
    """As many groups as the line asks for: those its person has not met first, then those that lay on fewest desks."""
    fitting = [group for group in pool if _fits(group, line) and all(exposure.allows(v.pk) for v in group)]
    if len(fitting) < line["count"]:
        raise NotEnoughQuestions(wanted=line["count"], kind=line["kind"], found=len(fitting))
    drawn = shuffled(seed, f"line {number}", fitting)
    if exposure.percent < 100 or exposure.seen:
        drawn.sort(key=lambda group: (group[0].pk in exposure.seen, exposure.papers.get(group[0].pk, 0)))
    return drawn[: line["count"]]


def _ids(version: QuestionVersion, name: str, seed: str) -> list[str]:
    ids = [entry["id"] for entry in version.body.get(name, [])]
    if version.question.kind in UNSHUFFLED:
        return ids
    return shuffled(seed, f"{name} {version.content_hash}", ids)


def _item(slot: int, version: QuestionVersion, points: str, seed: str, case: int | None) -> dict[str, Any]:
    body = version.body
    return {
        "slot": slot,
        "version": version.pk,
        "kind": version.question.kind,
        "points": points,
        "options": _ids(version, "options", seed),
        **({"choices": _ids(version, "choices", seed)} if body.get("choices") else {}),
        **({"units": {unit["id"]: unit["factor"] for unit in body["units"]}} if body.get("units") else {}),
        **{name: body[name] for name in ("blanks", "limit") if name in body},
        **({"case": case} if case else {}),
    }


def draw_items(
    *,
    blueprint: Mapping[str, Any],
    versions: Sequence[QuestionVersion],
    seed: str,
    cases: Mapping[int, int] | None = None,
    exposure: Exposure | None = None,
) -> list[dict[str, Any]]:
    """The items of a paper: no question twice, kinds in the blueprint's order, cases whole and last.

    `cases` names the version of each case set that is asked now; all order is drawn from `seed`.
    """
    pool = _groups(versions)
    sections: dict[str, list[tuple[Group, str]]] = defaultdict(list)
    for number, line in enumerate(blueprint["lines"], start=1):
        drawn = _draw(line, number, pool, seed, exposure or Exposure())
        pool = [group for group in pool if group not in drawn]
        sections[line["kind"]] += [(group, f"{Decimal(str(line['points'])):.2f}") for group in drawn]
    kinds = sorted(sections, key=lambda kind: kind == CASE)
    placed = [
        (version, points)
        for kind in kinds
        for group, points in shuffled(seed, f"section {kind}", sections[kind])
        for version in group
    ]
    return [
        _item(slot, version, points, seed, (cases or {}).get(version.question.case_set_id or 0))
        for slot, (version, points) in enumerate(placed, start=1)
    ]
