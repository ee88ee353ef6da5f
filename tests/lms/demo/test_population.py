"""Who is in the populated demonstration: pure plans, the same for ever."""

import re
from collections import Counter
from datetime import date

import pytest

from lms.accounts.validators import DEMO_PROVINCE, check_digit
from lms.demo import cast
from lms.demo.happenings import story_of
from lms.demo.population import NEXT_DOOR, cast_recruits, level_counts, rosters
from lms.demo.stages import SPRING, Award, Exam, Play, stages_for
from lms.kernel.levels import LevelCode

pytestmark = pytest.mark.unit


def everybody(people: int = 496):
    return [recruit for _batch, recruits in rosters(people) for recruit in recruits]


def test_496_people_are_208_169_and_119() -> None:
    own = [recruit for recruit in everybody() if recruit.batch.base == cast.BASE.code]
    counts = Counter(recruit.batch.level for recruit in own)
    counts[LevelCode.JUNIOR] += len(cast.LEARNERS)
    assert counts == {LevelCode.JUNIOR: 208, LevelCode.INTERMEDIATE: 169, LevelCode.SENIOR: 119}
    assert sum(recruit.batch is NEXT_DOOR for recruit in everybody()) == 9


@pytest.mark.parametrize("people", [1, 10, 57, 100, 495, 1000])
def test_any_other_number_keeps_the_proportion(people: int) -> None:
    counts = level_counts(people)
    assert sum(counts.values()) == people
    assert all(abs(counts[level] - people * whole / 496) < 1 for level, whole in level_counts(496).items())


def test_the_same_people_are_invented_each_time() -> None:
    assert everybody() == everybody()


def test_no_address_and_no_identity_number_is_given_twice() -> None:
    people = [recruit.who for recruit in everybody()] + list(cast.LEARNERS)
    assert len({who.email for who in people}) == len(people)
    assert len({who.identity_number for who in people}) == len(people)
    assert all(re.fullmatch(r"[a-z0-9.]+@jiqiao\.example", who.email) for who in people)


def test_every_identity_number_belongs_to_nobody_and_passes_every_check() -> None:
    for recruit in everybody():
        number = recruit.who.identity_number
        assert number.startswith(DEMO_PROVINCE)
        assert number[17] == check_digit(number[:17])
        assert date(1960, 1, 1) < recruit.who.born < date(2005, 1, 1)


def test_names_are_as_varied_as_names_are() -> None:
    names = [recruit.who.name for recruit in everybody()]
    lengths = Counter(len(name) for name in names if "·" not in name)
    assert set(lengths) == {2, 3, 4}
    assert sum("·" in name for name in names) >= 6
    assert any(name.startswith(("欧阳", "司徒", "诸葛", "上官")) for name in names)
    assert any(ord(letter) > 0xFFFF for name in names for letter in name)
    assert len(set(names)) > 450


def test_every_employer_says_that_it_is_invented() -> None:
    assert {recruit.who.employer[-4:] for recruit in everybody()} == {"（虚构）"}


def test_every_stage_has_its_people() -> None:
    stages = [recruit.stage for recruit in everybody()]
    assert {stage.exam for stage in stages} == set(Exam)
    assert {stage.play for stage in stages} == set(Play)
    assert {stage.award for stage in stages} == set(Award)
    assert any(not stage.enrolled for stage in stages)


def test_stages_are_spread_over_a_class() -> None:
    stages = stages_for(52, SPRING)
    assert len(stages) == 52
    assert Counter(stages) == dict(SPRING)
    assert len(set(stages[:12])) > 4
    assert len(stages_for(3, SPRING)) == 3


def test_nothing_happens_after_the_demonstration_was_filled(now) -> None:
    for recruit in [*everybody(), *cast_recruits()]:
        moments = [happening.at for happening in story_of(recruit, now)]
        assert all(moment < now for moment in moments), recruit


def test_exams_come_before_deals_and_deals_before_decisions(now) -> None:
    for recruit in everybody():
        told = [(happening.at, happening.act.__name__) for happening in story_of(recruit, now)]
        order = [name for _at, name in sorted(told) if name in ("sit", "play_enough", "prepare", "issue_it")]
        if recruit.stage.award and recruit.stage.exam != Exam.SECOND_TRY:
            assert order[:3] == ["sit", "play_enough", "prepare"], recruit
