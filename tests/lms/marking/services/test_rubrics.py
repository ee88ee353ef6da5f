from copy import deepcopy
from decimal import Decimal

import pytest

from lms.marking.models import Rubric, RubricVersion
from lms.marking.services.rubrics import RubricUnusable, keep_rubric
from tests.factories.cohorts import OrganisationFactory
from tests.factories.marking import CRITERIA, make_round, make_rubric, make_script

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def reworded() -> list[dict]:
    criteria = deepcopy(CRITERIA)
    criteria[0]["levels"][0]["text"] = "条件、限度和日期都写明"
    return criteria


def test_a_rubric_is_worth_the_sum_of_its_criteria() -> None:
    version = make_rubric()
    assert (version.no, version.max_points, version.criteria) == (1, Decimal(20), CRITERIA)


def test_the_same_wording_is_kept_once_and_another_is_another_version() -> None:
    base = OrganisationFactory()
    first, again, second = make_rubric(base), make_rubric(base), make_rubric(base, criteria=reworded())
    assert first == again
    assert (second.no, second.rubric) == (2, first.rubric)
    assert make_rubric(base) == first
    assert (Rubric.objects.count(), RubricVersion.objects.count()) == (1, 2)


def test_two_organisations_keep_the_same_wording_each() -> None:
    assert make_rubric().content_hash != make_rubric().content_hash


def test_a_new_wording_never_changes_a_round_that_runs(now) -> None:
    round_, other = make_round(), make_round()
    first = make_rubric(round_.organisation)
    newer = make_rubric(round_.organisation, criteria=reworded())
    scripts = [make_script(round_, rubric_version=first), make_script(round_, rubric_version=newer)]
    assert [script.rubric_version for script in scripts] == [first, first]
    assert make_script(other, rubric_version=newer).rubric_version == newer


def _without(name: str) -> list[dict]:
    return [{key: value for key, value in CRITERIA[0].items() if key != name}]


@pytest.mark.parametrize(
    "criteria",
    [
        [],
        [CRITERIA[0], CRITERIA[0]],
        _without("id"),
        _without("levels"),
        [{**CRITERIA[0], "title": ""}],
        [{**CRITERIA[0], "max": "11"}],
        [{**CRITERIA[0], "max": "much"}],
        [{**CRITERIA[0], "levels": CRITERIA[0]["levels"][:1]}],
        [{**CRITERIA[0], "levels": [*CRITERIA[0]["levels"], {"points": "-1", "text": "倒扣"}]}],
        [{**CRITERIA[0], "levels": [*CRITERIA[0]["levels"], CRITERIA[0]["levels"][0]]}],
        [{**CRITERIA[0], "levels": [{"points": str(n), "text": "一级"} for n in range(13)]}],
    ],
)
def test_a_rubric_that_does_not_hold_together_is_refused(criteria: list[dict], now) -> None:
    with pytest.raises(RubricUnusable):
        keep_rubric(organisation=OrganisationFactory(), code="odd", title="不成", criteria=criteria, now=now)
    assert Rubric.objects.count() == 0
