import copy

import pytest
import yaml
from django.core.management import call_command
from pydantic import ValidationError

from lms.credits.enums import PRACTICE_KINDS
from lms.schemes.selectors.differences import differences
from lms.schemes.services.definition import SchemeDefinition
from lms.schemes.services.loading import DATA, load_scheme
from lms.schemes.validators import leaves_in, parse_renewal

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _data(name: str) -> dict:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text())


def test_the_fourth_version_asks_for_each_level_exactly_what_the_third_did() -> None:
    third, fourth = (SchemeDefinition.model_validate(_data(f"ttm-2026-{number}")) for number in (3, 4))
    for before, after in zip(third.levels, fourth.levels, strict=True):
        assert after.model_dump(exclude={"renewal"}) == before.model_dump(exclude={"renewal"})
        assert before.renewal is None
        assert after.renewal is not None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_trees_of_earlier_versions_are_kept_as_they_were(number, now) -> None:
    known = ("kind", "code", "title", "title_en", "fact", "refs", "at_least", "count", "per_ref_at_least", "after")
    version = load_scheme(f"ttm-2026-{number}", now=now)
    seen = 0
    for level in version.levels.all():
        assert level.renewal is None
        waiting = [level.requirements]
        while waiting:
            node = waiting.pop()
            assert set(node) <= {*known, "source", "source_en", "children"}
            waiting += node.get("children", [])
            seen += 1
    assert seen > 10


def test_a_version_keeps_what_its_file_says_of_renewal(now) -> None:
    version = load_scheme("ttm-2026-4", now=now)
    said = {level["code"]: level["renewal"] for level in _data("ttm-2026-4")["levels"]}
    for level in version.levels.all():
        assert parse_renewal(level.renewal) == parse_renewal(said[level.code])


def test_practice_is_what_the_credits_call_practice_and_more_is_asked_after_a_lapse() -> None:
    for level in SchemeDefinition.model_validate(_data("ttm-2026-4")).levels:
        assert level.renewal is not None
        assert level.renewal.reinstatement is not None
        before, after = (list(leaves_in(tree)) for tree in (level.renewal.requirements, level.renewal.reinstatement))
        for leaves in (before, after):
            assert leaves[0].practice == tuple(PRACTICE_KINDS)
            assert {leaf.within for leaf in leaves} == {"cycle"}
        assert [late.required > early.required for early, late in zip(before, after, strict=True)] == [
            True,
            True,
            False,
        ]


def _without_window(data: dict) -> None:
    for leaf in data["levels"][0]["renewal"]["requirements"]["children"]:
        del leaf["within"]


def _without_reinstatement(data: dict) -> None:
    del data["levels"][0]["renewal"]["reinstatement"]


def _cycle_in_the_level(data: dict) -> None:
    data["levels"][0]["requirements"]["children"][0]["within"] = "cycle"


def _code_twice(data: dict) -> None:
    children = data["levels"][0]["renewal"]["requirements"]["children"]
    children[1]["code"] = children[0]["code"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without_window, "no requirement has a window"),
        (_without_reinstatement, "grace_months and reinstatement are given together"),
        (_cycle_in_the_level, "counts within a cycle, which only a renewal has"),
        (_code_twice, "the code renewal-credits is used twice in this tree"),
    ],
)
def test_rules_of_renewal_that_do_not_hold_together_are_refused(spoil, said) -> None:
    data = copy.deepcopy(_data("ttm-2026-4"))
    SchemeDefinition.model_validate(data)
    spoil(data)
    with pytest.raises(ValidationError, match=said):
        SchemeDefinition.model_validate(data)


def test_the_difference_from_the_third_version_is_renewal_and_nothing_else(now) -> None:
    third, fourth = load_scheme("ttm-2026-3", now=now), load_scheme("ttm-2026-4", now=now)
    sections = differences(fourth, third)
    assert len(sections) == 1 + 2 * 3  # the version itself, then renewal and reinstatement of each level
    renewal = sections[1]
    assert [change.sign for change in renewal.changes] == ["~", "+", "+", "+", "+"]
    assert "15" in renewal.changes[2].says
    assert "40" in renewal.changes[2].says


def test_loading_the_fourth_version_twice_changes_nothing(now) -> None:
    first = load_scheme("ttm-2026-4", now=now)
    call_command("load_scheme", "ttm-2026-4", verbosity=0)
    assert load_scheme("ttm-2026-4", now=now) == first
