"""How certificates of a level are renewed: whose rules apply, which tree is asked, and what it comes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from lms.kernel.beijing import BEIJING
from lms.schemes.enums import FactKind
from lms.schemes.models import Level
from lms.schemes.validators import AllOf, RenewalRules, leaves_in, parse_renewal

from .current import NoRulesInForce, current_version
from .reading import evaluate
from .standing import Standing
from .windows import Asked

if TYPE_CHECKING:
    from .reading import Fact


@dataclass(frozen=True, slots=True)
class Renewing:
    """A level with its rules of renewal."""

    level: Level
    rules: RenewalRules


def rules_by_level(version_ids: Collection[int], *, on: date, scheme: str = "ttm") -> "dict[tuple[int, str], Renewing]":
    """How each level of these versions is renewed on a day (two queries).

    A version that says nothing of renewal is renewed by the version in force that day; what neither says is left out.
    """
    now = datetime.combine(on, time(12), tzinfo=BEIJING)
    try:
        in_force = current_version(now, scheme=scheme).pk
    except NoRulesInForce:
        in_force = 0
    rows = Level.objects.filter(version__in={*version_ids, in_force}, renewal__isnull=False)
    found = {
        (level.version_id, level.code): Renewing(level, parse_renewal(level.renewal))
        for level in rows.select_related("version__scheme")
    }
    codes = {code for _version, code in found}
    return {
        (version, code): own
        for version in version_ids
        for code in codes
        if (own := found.get((version, code)) or found.get((in_force, code)))
    }


def kinds_asked(renewings: "Collection[Renewing]") -> set[FactKind]:
    """The kinds of facts that these rules read."""
    trees = [tree for each in renewings for tree in (each.rules.requirements, each.rules.reinstatement) if tree]
    return {leaf.fact for tree in trees for leaf in leaves_in(tree)}


def renewal_standing(renewing: Renewing, tree: AllOf, facts: "Collection[Fact]", asked: Asked) -> Standing:
    """Where somebody stands before a tree of renewal; no query."""
    return Standing(renewing.level, evaluate(tree, facts, asked))
