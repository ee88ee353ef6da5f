"""The score that stands: the events under the rubric in force, with the points that people gave."""

from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Override as GivenPoints
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.models import Attempt, Override, ScenarioVersion, ScoreRun
from simulations.selectors.scenarios import scenario_by

from .attempts import latest_score


def given_points(attempt: Attempt, *besides: Override) -> list[GivenPoints]:
    """Points that people gave in place of the rules', the last word on each item (one query)."""
    given: dict[str, GivenPoints] = {}
    for override in [*Override.objects.filter(attempt=attempt).in_force(), *besides]:
        for change in override.changes:
            given[change["item"]] = GivenPoints(change["item"], change["points"], override.reason)
    return list(given.values())


def rubric_in_force(attempt: Attempt) -> ScenarioVersion:
    """The edition whose rubric an attempt is scored by: its own, or the latest correction (one query)."""
    rescored = ScoreRun.objects.filter(attempt=attempt, rescore__isnull=False).order_by("-seq")
    run = rescored.select_related("rescore__corrected").first()
    return run.rescore.corrected if run and run.rescore else attempt.scenario_version


def standing_scenario(attempt: Attempt, run: ScoreRun | None) -> Scenario:
    """The case as it is scored: as it was played, or with its corrected rubric (no query before a correction)."""
    corrected = run is not None and run.seq > 1
    return scenario_by(attempt, rubric_in_force(attempt) if corrected else attempt.scenario_version)


def standing_result(attempt: Attempt, state: State, run: ScoreRun | None = None) -> Score:
    """The standing score worked out anew (one query, and two more after a correction)."""
    run = run or latest_score(attempt)
    given = given_points(attempt) if run and run.seq > 1 else []
    return score(standing_scenario(attempt, run), state, given)
