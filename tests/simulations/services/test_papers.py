"""Papers in one's own words: two markers read them without a name; the automatic score stays as it is."""

from decimal import Decimal

import pytest

from lms.cohorts.enums import Role
from lms.marking.models import Script
from lms.marking.services.rounds import add_marker
from simulations.selectors.papers import papers_of
from simulations.selectors.scenarios import scenario_of
from simulations.services.papers import criteria_of, open_papers_round
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.marking import mark_script
from tests.factories.simulations import SMALL, WALK_AWAY, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

PAPERS = """
papers:
  note:
    title: { zh: "风险清单", en: "Risk list" }
    stage: ask
    aim: { zh: "写出三项风险和对策。", en: "Name three risks and what to do." }
    criteria:
      risks: { text: { zh: "风险写得准确", en: "Risks are right" }, points: 10 }
      steps: { text: { zh: "对策可以执行", en: "Steps can be taken" }, points: 10 }
"""
WRITE = {"type": "write", "paper": "note", "text": "一、权属未清，请学校出具证明。"}


@pytest.fixture
def version():
    return ScenarioVersionFactory(source=SMALL + PAPERS)


def test_papers_of_a_counted_attempt_go_to_two_people_without_a_name(version, now) -> None:
    base = OrganisationFactory()
    attempt = AttemptFactory(version=version, organisation=base)
    taken = open_papers_round(attempt=attempt, now=now)
    markers = [RoleGrantFactory(organisation=base, role=Role.MARKER).user for _ in range(2)]
    for marker in markers:
        add_marker(round=taken, user=marker, actor=marker, now=now)

    play(attempt, WRITE, WALK_AWAY, now=now)

    script = Script.objects.get()
    assert script.text == WRITE["text"]
    assert attempt.person.real_name not in str(script.prompt)
    [waiting] = papers_of(attempt)
    assert (waiting.title, waiting.points, waiting.counted) == ("风险清单", None, True)
    before = attempt.scores.get().total

    for marker in markers:
        mark_script(script, marker, {"risks": "10", "steps": "6"}, now=now)
    [marked] = papers_of(attempt)
    assert (marked.points, marked.most) == (Decimal(16), Decimal(20))
    assert attempt.scores.get().total == before


def test_papers_of_practice_are_kept_and_not_marked(version, now) -> None:
    attempt = AttemptFactory(version=version, counted=False)
    play(attempt, WRITE, WALK_AWAY, now=now)
    assert not Script.objects.exists()
    [paper] = papers_of(attempt)
    assert (paper.text, paper.counted, paper.points) == (WRITE["text"], False, None)


def test_every_criterion_has_four_levels_from_nothing_to_all(version) -> None:
    scenario = scenario_of(AttemptFactory(version=version))
    [first, _second] = criteria_of(scenario, scenario.papers["note"])
    assert [level["points"] for level in first["levels"]] == ["10", "6", "3", "0"]
