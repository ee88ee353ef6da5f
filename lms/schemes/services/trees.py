"""Changing a requirement tree as data: every function answers a new tree and leaves the old one alone."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import NotFound

Node = dict[str, Any]
Path = Sequence[int]


class NoSuchRule(NotFound):
    """The tree has nothing at this place."""

    code = "no-such-rule"
    message = _("There is no requirement at this place of the tree any more.")


def node_at(tree: Node, path: Path) -> Node:
    """The node that is reached by going to these children, one after another."""
    node = tree
    for index in path:
        children = node.get("children", [])
        if not 0 <= index < len(children):
            raise NoSuchRule
        node = children[index]
    return node


def put(tree: Node, path: Path, node: Node) -> Node:
    """The tree with `node` in place of what stands there; a group keeps its children."""
    if not path:
        return {**node, "children": deepcopy(tree.get("children", []))}
    changed = deepcopy(tree)
    siblings, index = _siblings(changed, path)
    kept = {"children": siblings[index]["children"]} if "children" in siblings[index] else {}
    siblings[index] = {**node, **kept}
    return changed


def added(tree: Node, path: Path, node: Node) -> Node:
    """The tree with `node` as the last child of the group at `path`."""
    changed = deepcopy(tree)
    group = node_at(changed, path)
    if "children" not in group:
        raise NoSuchRule
    group["children"].append(node)
    return changed


def removed(tree: Node, path: Path) -> Node:
    """The tree without the node at `path` and everything under it."""
    changed = deepcopy(tree)
    siblings, index = _siblings(changed, path)
    del siblings[index]
    return changed


def moved(tree: Node, path: Path, by: int) -> Node:
    """The tree with the node moved up (-1) or down (+1) among its siblings; at the edge it stays."""
    changed = deepcopy(tree)
    siblings, index = _siblings(changed, path)
    to = min(max(0, index + by), len(siblings) - 1)
    siblings.insert(to, siblings.pop(index))
    return changed


def _siblings(tree: Node, path: Path) -> tuple[list[Node], int]:
    if not path:
        raise NoSuchRule
    node_at(tree, path)
    children: list[Node] = node_at(tree, path[:-1])["children"]
    return children, path[-1]
