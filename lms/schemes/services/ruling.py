"""Changing the requirement tree of a draft's level, one node at a time."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.schemes.models import Level, SchemeVersion
from lms.schemes.selectors.outlines import RENEWAL_PARTS, REQUIREMENTS, tree_of, twice_in
from lms.schemes.validators import order_fault_in

from . import trees
from .drafting import changing

if TYPE_CHECKING:
    from lms.accounts.models import User


class CodeTwice(Refusal):
    """Other rules and the evidence of decisions name a rule by its code."""

    code = "rule-code-twice"
    field = "code"
    message = _("The code %(code)s is used twice in this tree. Choose another one.")


class OrderImpossible(Refusal):
    """What comes first must be in the tree, and must not wait for this."""

    code = "rule-order-impossible"
    field = "after"
    message = _("What comes before %(code)s is not in this tree, or waits for %(code)s itself.")


def _level(version: SchemeVersion, level: str) -> Level:
    found = Level.objects.filter(version=version, code=level).first()
    if found is None:
        raise trees.NoSuchRule
    return found


def _tree(level: Level, part: str) -> trees.Node:
    tree = tree_of(level, part)
    if tree is None:
        raise trees.NoSuchRule
    return tree


def _keep(level: Level, tree: trees.Node, part: str) -> None:
    twice = twice_in(tree)
    if twice:
        raise CodeTwice(code=twice)
    fault = order_fault_in(tree)
    if fault:
        raise OrderImpossible(code=fault)
    if part == REQUIREMENTS:
        level.requirements = tree
    else:
        level.renewal = {**(level.renewal or {}), RENEWAL_PARTS[part]: tree}
    level.save()


def put_rule(
    *,
    draft_id: int,
    revision: int,
    level: str,
    path: trees.Path,
    node: trees.Node,
    user: "User",
    part: str = REQUIREMENTS,
) -> None:
    """Say a rule in other words or figures; a group keeps what stands under it."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.put(_tree(found, part), path, node), part)


def add_rule(
    *,
    draft_id: int,
    revision: int,
    level: str,
    path: trees.Path,
    node: trees.Node,
    user: "User",
    part: str = REQUIREMENTS,
) -> None:
    """Add a rule at the end of the group at `path`."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.added(_tree(found, part), path, node), part)


def remove_rule(
    *, draft_id: int, revision: int, level: str, path: trees.Path, user: "User", part: str = REQUIREMENTS
) -> None:
    """Take out a rule and what stands under it; refused while another rule comes after it."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.removed(_tree(found, part), path), part)


def move_rule(
    *, draft_id: int, revision: int, level: str, path: trees.Path, by: int, user: "User", part: str = REQUIREMENTS
) -> None:
    """Move a rule up or down among its siblings."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.moved(_tree(found, part), path, by), part)


def set_renewal(
    *, draft_id: int, revision: int, level: str, opens_months: int, grace_months: int, user: "User"
) -> None:
    """Say when renewal opens and how long a lapse can be made good; trees that are missing begin empty."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        renewal = {
            "requirements": _empty(found, "renewal", "续期", "renew"),
            **(found.renewal or {}),
            "opens_months": opens_months,
            "grace_months": grace_months,
        }
        if grace_months:
            renewal.setdefault("reinstatement", _empty(found, "reinstatement", "恢复", "reinstate"))
        else:
            renewal.pop("reinstatement", None)
        found.renewal = renewal
        found.save()


def remove_renewal(*, draft_id: int, revision: int, level: str, user: "User") -> None:
    """Say nothing of renewal any more."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        found.renewal = None
        found.save()


def _empty(level: Level, what: str, word: str, word_en: str) -> trees.Node:
    return {
        "kind": "all-of",
        "code": f"{level.code}-{what}",
        "title": f"{level.name}证书{word}的全部要求",
        "title_en": f"Everything asked to {word_en} a certificate: {level.name_en}",
        "children": [],
    }
