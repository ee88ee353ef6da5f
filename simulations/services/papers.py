"""Papers in the player's own words: handed to two markers when a counted attempt ends, told apart from the score."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lms.marking.enums import RoundState
from lms.marking.services.rounds import open_round
from lms.marking.services.rubrics import keep_rubric
from lms.marking.services.scripts import receive_script
from simulations.engine.scenario import Scenario
from simulations.engine.sheets import Paper
from simulations.engine.state import State
from simulations.models import Attempt
from simulations.selectors.papers import source_of

if TYPE_CHECKING:
    from lms.marking.models import MarkingRound, RubricVersion

# What a criterion's points are given for, from the best level down; each is a share of the whole.
LEVELS = (
    (Decimal(1), "写清楚了，别人可以据此行动", "Clear: others can act on it"),
    (Decimal("0.6"), "写到了，但缺依据或缺步骤", "There, but without grounds or without steps"),
    (Decimal("0.3"), "提到了，没有展开", "Mentioned and not carried through"),
    (Decimal(0), "没有写到，或与材料不符", "Missing, or not what the material says"),
)
CENT = Decimal("0.01")


@transaction.atomic
def hand_over_papers(*, attempt: Attempt, scenario: Scenario, state: State, now: datetime) -> int:
    """Give the papers of a counted attempt to people; how many there are. Asked again, the same."""
    written = {name: text for name, text in state.papers.items() if text.strip()}
    if not attempt.counted or not written:
        return 0
    taken = open_papers_round(attempt=attempt, now=now)
    for name, text in written.items():
        receive_script(
            round=taken,
            source=source_of(attempt, name),
            person_id=attempt.person_id,
            rubric_version=_rubric(attempt, scenario, name, now),
            prompt=_prompt(scenario, scenario.papers[name]),
            text=text,
            now=now,
        )
    return len(written)


@transaction.atomic
def open_papers_round(*, attempt: Attempt, now: datetime) -> "MarkingRound":
    """The round in which a base marks the papers of a scenario version; after one that was closed another."""
    version, number = attempt.scenario_version, 1
    source = f"simulations.version:{version.pk}:{attempt.organisation_id}"
    rules: dict[str, Any] = {}
    while True:
        found = open_round(
            organisation=attempt.organisation,
            source=source if number == 1 else f"{source}:{number}",
            title=version.title,
            title_en=version.title_en,
            now=now,
            **rules,
        )
        if found.state == RoundState.OPEN:
            return found
        rules = {"markers_per_script": found.markers_per_script, "gap_percent": found.gap_percent}
        number += 1


def _rubric(attempt: Attempt, scenario: Scenario, name: str, now: datetime) -> "RubricVersion":
    paper = scenario.papers[name]
    return keep_rubric(
        organisation=attempt.organisation,
        code=f"{scenario.id}-{name}"[:80],
        title=scenario.say(paper.title, "zh"),
        title_en=scenario.say(paper.title, "en"),
        criteria=criteria_of(scenario, paper),
        now=now,
    )


def criteria_of(scenario: Scenario, paper: Paper) -> list[dict[str, Any]]:
    """A paper's criteria as the marking room reads them, each with the same four levels."""
    return [
        {
            "id": key,
            "title": scenario.say(criterion.text, "zh"),
            "title_en": scenario.say(criterion.text, "en"),
            "max": str(criterion.points),
            "levels": [_level(share * criterion.points, zh, en) for share, zh, en in LEVELS],
        }
        for key, criterion in paper.criteria.items()
    ]


def _level(points: Decimal, zh: str, en: str) -> dict[str, str]:
    plain = points.quantize(CENT).normalize()
    return {"points": f"{plain:f}", "text": zh, "text_en": en}


def _prompt(scenario: Scenario, paper: Paper) -> dict[str, Any]:
    """What was asked, as the player read it; nothing that says who was asked."""
    said = {lang: f"{scenario.say(paper.title, lang)}\n\n{scenario.say(paper.aim, lang)}" for lang in ("zh", "en")}
    briefing = {lang: scenario.say(scenario.briefing, lang) for lang in ("zh", "en")}
    titles = {lang: scenario.say(scenario.title, lang) for lang in ("zh", "en")}
    return {
        "schema": 1,
        "stem": said["zh"],
        "stem_en": said["en"],
        "limit": paper.most_characters,
        "case": {
            "title": titles["zh"],
            "title_en": titles["en"],
            "text": briefing["zh"],
            "text_en": briefing["en"],
            "figures": [],
        },
    }
