from decimal import Decimal

import pytest
from django.utils.translation import override

from lms.desks.enums import RuleState
from lms.desks.selectors.requirements import requirements_of, share_of
from lms.schemes.enums import FactKind
from lms.schemes.selectors.standing import Standing, evaluate
from lms.schemes.validators import parse_tree

pytestmark = pytest.mark.unit


def _leaf(code: str, fact: str, **asks) -> dict:
    words = {"title": code, "title_en": code, "source": "test", "source_en": "test"}
    return {"kind": "leaf", "code": code, "fact": fact, **words, **asks}


TREE = parse_tree(
    {
        "kind": "all-of",
        "code": "junior",
        "title": "初级",
        "title_en": "Junior",
        "children": [
            _leaf("identity", "identity", at_least=1),
            {
                "kind": "all-of",
                "code": "class-hours",
                "title": "学时",
                "title_en": "Class hours",
                "children": [
                    _leaf("all", "class-hours", at_least="1.00"),
                    _leaf("part", "class-hours", refs=["practical-skills"], at_least="0.50"),
                ],
            },
            _leaf("simulation", "simulation", count=2, per_ref_at_least=70),
        ],
    }
)


def _rows(*facts: tuple[FactKind, str, str]):
    told = [(kind, ref, Decimal(value)) for kind, ref, value in facts]
    return {row.code: row for row in requirements_of(Standing(None, evaluate(TREE, told)))}


def test_before_the_first_fact_everything_is_open_and_says_why() -> None:
    rows = _rows()
    assert [(row.done, row.begun, row.percent) for row in rows.values()] == [(False, False, 0)] * 3
    assert all(row.why for row in rows.values())


def test_the_whole_comes_first_and_the_part_that_is_least_done_fills_the_arch() -> None:
    hours = _rows(
        (FactKind.CLASS_HOURS, "public-knowledge", "0.80"), (FactKind.CLASS_HOURS, "practical-skills", "0.10")
    )["class-hours"]
    assert (hours.reached, hours.required, hours.percent) == ("0.90", "1.00", 20)
    assert [(reason.label, reason.state) for reason in hours.reasons] == [
        ("all", RuleState.DOING),
        ("part", RuleState.DOING),
    ]


def test_what_is_done_needs_no_way_to_it() -> None:
    identity = _rows((FactKind.IDENTITY, "resident", "1"))["identity"]
    assert (identity.done, identity.percent, identity.act_url, identity.why) == (True, 100, "", "")
    assert identity.reached == ""


def test_what_is_missing_leads_to_where_it_is_worked_on() -> None:
    rows = _rows((FactKind.SIMULATION, "d-01", "82"))
    assert rows["class-hours"].act_url == "/courses/"
    simulation = rows["simulation"]
    assert (simulation.reached, simulation.required, simulation.percent) == ("1", "2", 50)
    assert simulation.act_url == "/simulations/"


def test_almost_is_never_shown_as_all() -> None:
    leaf = next(iter(evaluate(TREE, [(FactKind.CLASS_HOURS, "x", Decimal("0.999"))]).children[1].leaves()))
    assert share_of(leaf) == 99


ORDERED = parse_tree(
    {
        "kind": "all-of",
        "title": "中级",
        "title_en": "Intermediate",
        "children": [
            _leaf("prior", "certificate", refs=["junior"], at_least=1),
            _leaf("course", "course", refs=["c-1"], at_least=1, after=["prior"]),
            _leaf("exam", "exam", at_least=60, after=["course"]),
            {
                "kind": "any-of",
                "code": "practice",
                "title": "实践",
                "title_en": "Practice",
                "at_least": 2,
                "children": [_leaf(kind, "practice", refs=[kind], at_least=2) for kind in ("visit", "match", "demand")],
            },
        ],
    }
)


def _ordered(*facts: tuple[FactKind, str, str]):
    told = [(kind, ref, Decimal(value)) for kind, ref, value in facts]
    return {row.code: row for row in requirements_of(Standing(None, evaluate(ORDERED, told)))}


def test_what_waits_for_another_rule_is_blocked_says_so_and_leads_to_that_rule() -> None:
    rows = _ordered()
    assert [row.state for row in rows.values()] == [
        RuleState.NOT_STARTED,
        RuleState.BLOCKED,
        RuleState.BLOCKED,
        RuleState.NOT_STARTED,
    ]
    with override("en"):
        assert _ordered()["exam"].reasons[0].first == "The scheme puts this first: course."
    assert rows["exam"].act_url == rows["prior"].act_url == "/me/certificates/"


def test_a_rule_opens_when_the_one_before_it_is_met_and_is_never_blocked_once_begun() -> None:
    prior = (FactKind.CERTIFICATE, "junior", "1")
    assert _ordered(prior)["course"].state == RuleState.NOT_STARTED
    assert _ordered(prior)["exam"].state == RuleState.BLOCKED
    assert _ordered((FactKind.EXAM, "intermediate", "40"))["exam"].state == RuleState.DOING


def test_a_course_is_under_way_once_hours_of_it_are_posted() -> None:
    parts = [_leaf("hours", "class-hours", at_least=2), _leaf("course", "course", refs=["c-1"], at_least=1)]
    tree = parse_tree({"kind": "all-of", "title": "初级", "title_en": "Junior", "children": parts})

    def state(*facts) -> RuleState:
        return requirements_of(Standing(None, evaluate(tree, facts)))[1].state

    assert state() == RuleState.NOT_STARTED
    assert state((FactKind.CLASS_HOURS, "x", Decimal("0.33"))) == RuleState.DOING
    assert state((FactKind.COURSE, "c-1", Decimal(1))) == RuleState.DONE


def test_of_a_number_of_parts_only_as_many_count_as_are_asked() -> None:
    rows = _ordered(
        (FactKind.PRACTICE, "visit", "1"), (FactKind.PRACTICE, "visit", "1"), (FactKind.PRACTICE, "match", "1")
    )
    practice = rows["practice"]
    assert (practice.state, practice.reached, practice.required, practice.percent) == (RuleState.DOING, "1", "2", 75)
