"""Changing the requirement tree of a draft's level, one node at a time."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.schemes.models import Level, SchemeVersion
from lms.schemes.selectors.outlines import twice_in
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


def _keep(level: Level, tree: trees.Node) -> None:
    twice = twice_in(tree)
    if twice:
        raise CodeTwice(code=twice)
    fault = order_fault_in(tree)
    if fault:
        raise OrderImpossible(code=fault)
    level.requirements = tree
    level.save()


def put_rule(*, draft_id: int, revision: int, level: str, path: trees.Path, node: trees.Node, user: "User") -> None:
    """Say a rule in other words or figures; a group keeps what stands under it."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.put(found.requirements, path, node))


def add_rule(*, draft_id: int, revision: int, level: str, path: trees.Path, node: trees.Node, user: "User") -> None:
    """Add a rule at the end of the group at `path`."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.added(found.requirements, path, node))


def remove_rule(*, draft_id: int, revision: int, level: str, path: trees.Path, user: "User") -> None:
    """Take out a rule and what stands under it; refused while another rule comes after it."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.removed(found.requirements, path))


def move_rule(*, draft_id: int, revision: int, level: str, path: trees.Path, by: int, user: "User") -> None:
    """Move a rule up or down among its siblings."""
    with changing(draft_id, revision, user) as version:
        found = _level(version, level)
        _keep(found, trees.moved(found.requirements, path, by))
