"""Requirement trees and facts at random: the logic against a naive reading, and never less from more."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lms.schemes.enums import FactKind
from lms.schemes.selectors.standing import NodeStanding, evaluate
from lms.schemes.validators import parse_tree
from tests.factories.schemes import leaf

pytestmark = pytest.mark.unit

_leaves = st.builds(
    lambda fact, bar, refs: leaf("x", fact=fact, at_least=str(bar), refs=refs),
    st.sampled_from(["class-hours", "contribution", "exam", "identity"]),
    st.integers(1, 6),
    st.lists(st.sampled_from(["a", "b"]), max_size=2, unique=True),
) | st.builds(
    lambda bar, needed: leaf("x", fact="simulation", per_ref_at_least=str(bar), count=needed),
    st.integers(1, 6),
    st.integers(1, 2),
)


def _group(children: list[dict], needed: int) -> dict:
    words = {"title": "组", "title_en": "Group", "children": children}
    if needed > len(children):
        return {"kind": "all-of", **words}
    return {"kind": "any-of", "at_least": needed, **words}


_trees = st.recursive(
    _leaves,
    lambda nodes: st.builds(_group, st.lists(nodes, min_size=1, max_size=3), st.integers(1, 4)),
    max_leaves=8,
)
_facts = st.lists(
    st.tuples(
        st.sampled_from(list(FactKind)),
        st.sampled_from(["a", "b", "c"]),
        st.integers(0, 5).map(Decimal),
    ),
    max_size=12,
)


def _naively(tree: dict, facts: list[tuple[FactKind, str, Decimal]]) -> bool:
    """The rules once more, in the shortest way they can be said."""
    if tree["kind"] == "all-of":
        return all(_naively(child, facts) for child in tree["children"])
    if tree["kind"] == "any-of":
        return sum(_naively(child, facts) for child in tree["children"]) >= tree["at_least"]
    mine = [(r, v) for k, r, v in facts if k == tree["fact"] and (not tree["refs"] or r in tree["refs"])]
    if tree["fact"] == "simulation":
        return len({r for r, v in mine if v >= int(tree["per_ref_at_least"])}) >= tree["count"]
    fold = sum if tree["fact"] in ("class-hours", "contribution") else max
    return fold([0, *(v for _, v in mine)]) >= int(tree["at_least"])


def _all(node: NodeStanding) -> list[NodeStanding]:
    return [node, *(below for child in node.children for below in _all(child))]


@given(_trees, _facts)
def test_a_tree_is_met_exactly_when_the_naive_reading_says_so(tree, facts) -> None:
    assert evaluate(parse_tree(tree), facts).met is _naively(tree, facts)


@given(_trees, _facts, _facts)
def test_more_facts_never_take_anything_away(tree, before, more) -> None:
    parsed = parse_tree(tree)
    for earlier, later in zip(_all(evaluate(parsed, before)), _all(evaluate(parsed, before + more)), strict=True):
        assert later.reached >= earlier.reached
        assert later.met or not earlier.met
        assert later.missing <= earlier.missing


@given(_trees, _facts)
def test_every_node_has_a_sentence_and_an_unmet_one_names_a_figure_or_an_act(tree, facts) -> None:
    with override("en"):
        for node in _all(evaluate(parse_tree(tree), facts)):
            assert node.why.endswith(".")
            assert "%(" not in node.why
            assert (node.missing == 0) is node.met
