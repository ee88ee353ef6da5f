from datetime import timedelta

import pytest

from lms.jobs.services.work import drain
from lms.mailing.models import Notice
from simulations.enums import RescoreState, ScoreReason
from simulations.models import Rescore, ScoreRun
from simulations.selectors.history import state_of
from simulations.selectors.standing import standing_result
from simulations.services import rescoring
from simulations.services.rescoring import (
    NoReason,
    NotAnEdition,
    NotTheSameCase,
    NotYoursToRescore,
    RescoreDecided,
    RescoreUnderWay,
    ScoresCameIn,
    StillComputing,
    approve,
    prepare,
    refuse,
)
from tests.conftest import NOON
from tests.factories.reviews import CORRECTED, DEAL, AssignmentFactory, corrected_edition, ended, manager_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def first(assignment):
    return manager_of(assignment.organisation)


@pytest.fixture
def second(assignment):
    return manager_of(assignment.organisation)


def _prepared(assignment, by, **rest) -> Rescore:
    given = {"corrected": corrected_edition(), "reason": "第一项要求过高", **rest}
    return prepare(
        organisation=assignment.organisation, version=assignment.scenario_version, prepared_by=by, now=NOON, **given
    )


def _tried(rescore) -> Rescore:
    drain(now=NOON)
    rescore.refresh_from_db()
    return rescore


def test_the_dry_run_tells_who_changes_by_how_much_and_writes_nothing(assignment, first) -> None:
    found, missed = ended(assignment, *DEAL), ended(assignment)
    rescore = _tried(_prepared(assignment, first))

    assert (rescore.attempts, rescore.state) == (2, RescoreState.PREPARED)
    lines = {line.attempt_id: line for line in rescore.lines.all()}
    assert lines.keys() == {found.pk, missed.pk}  # the item is worth less to both
    line = lines[found.pk]
    assert line.total_after > line.total_before == found.scores.get().total
    assert [item["id"] for item in line.items] == ["I-01"]
    assert line.items[0]["after"] == ["2.00", "2.00"]
    assert ScoreRun.objects.count() == 2


def test_a_second_person_approves_and_every_score_is_written_once(assignment, first, second) -> None:
    attempts = [ended(assignment, *DEAL) for _ in range(2)]
    rescore = _tried(_prepared(assignment, first))
    with pytest.raises(NotYoursToRescore):
        approve(rescore=rescore, decided_by=first, now=NOON)
    approve(rescore=rescore, decided_by=second, now=NOON)
    drain(now=NOON)
    rescore.refresh_from_db()
    assert rescore.state == RescoreState.DONE
    for attempt in attempts:
        old, new = attempt.scores.order_by("seq")
        assert (new.reason, new.rescore) == (ScoreReason.RESCORED, rescore)
        assert new.rubric_sha != old.rubric_sha
        assert standing_result(attempt, state_of(attempt)).total == new.total
    assert Notice.objects.filter(kind="simulation-corrected").count() == 2
    with pytest.raises(RescoreDecided):
        approve(rescore=rescore, decided_by=second, now=NOON)


def test_killed_in_the_middle_it_goes_on_where_it_was(assignment, first, second, monkeypatch) -> None:
    attempts = [ended(assignment, *DEAL) for _ in range(3)]
    rescore = _tried(_prepared(assignment, first))
    monkeypatch.setattr(rescoring, "BATCH", 1)
    approve(rescore=rescore, decided_by=second, now=NOON)
    write_one, calls = rescoring.rescored, []

    def dies_at_the_second(**rest):
        calls.append(rest["attempt"].pk)
        if len(calls) == 2:
            raise RuntimeError("the worker is gone")
        return write_one(**rest)

    monkeypatch.setattr(rescoring, "rescored", dies_at_the_second)
    drain(now=NOON)
    assert ScoreRun.objects.filter(rescore=rescore).count() == 1

    drain(now=NOON + timedelta(hours=1))
    rescore.refresh_from_db()
    assert rescore.state == RescoreState.DONE
    assert [attempt.scores.count() for attempt in attempts] == [2, 2, 2]


def test_what_is_no_correction_of_the_rubric_is_refused(assignment, first) -> None:
    other = corrected_edition(CORRECTED.replace("1.0.1", "1.0.2").replace("rounds: 5", "rounds: 6"))
    with pytest.raises(NotTheSameCase) as told:
        _prepared(assignment, first, corrected=other)
    assert told.value.params == {"parts": "talks"}
    with pytest.raises(NotAnEdition):
        _prepared(assignment, first, corrected=assignment.scenario_version)
    with pytest.raises(NoReason):
        _prepared(assignment, first, reason=" ")
    with pytest.raises(NotYoursToRescore):
        _prepared(assignment, manager_of(AssignmentFactory().organisation))
    assert not Rescore.objects.exists()


def test_one_at_a_time_and_not_before_the_dry_run_or_after_new_scores(assignment, first, second) -> None:
    ended(assignment, *DEAL)
    rescore = _prepared(assignment, first)
    with pytest.raises(RescoreUnderWay):
        _prepared(assignment, first)
    with pytest.raises(StillComputing):
        approve(rescore=rescore, decided_by=second, now=NOON)
    _tried(rescore)
    ended(assignment)
    with pytest.raises(ScoresCameIn):
        approve(rescore=rescore, decided_by=second, now=NOON)
    refused = refuse(rescore=rescore, reason="又有新得分", decided_by=second, now=NOON)
    assert (refused.state, refused.refusal) == (RescoreState.REFUSED, "又有新得分")
    assert _prepared(assignment, first).pk != rescore.pk
