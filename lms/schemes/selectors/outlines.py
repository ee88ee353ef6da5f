"""A requirement tree of a version as an outline to read and to edit, also while a draft is not whole yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import NotFound
from lms.schemes.enums import FactKind, NodeKind, SchemeState
from lms.schemes.models import Level, SchemeVersion, Topic

from .asking import asks, narrowed
from .current import level_of

if TYPE_CHECKING:
    from lms.schemes.models import Drafting

Node = dict[str, Any]
REQUIREMENTS = "requirements"
# The trees of renewal by their names in addresses, and where `Level.renewal` keeps them.
RENEWAL_PARTS = {"renewal": "requirements", "reinstatement": "reinstatement"}


class NoSuchTree(NotFound):
    """The level has no such tree."""

    code = "no-such-tree"
    message = _("This version says nothing of it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of an outline; `path` leads to it from the top, `asks` is its figure in words."""

    path: str
    depth: int
    code: str
    kind: str
    label: str
    asks: str
    after: str
    source: str
    first: bool
    last: bool

    @property
    def group(self) -> bool:
        """Whether rules stand under it."""
        return self.kind != NodeKind.LEAF


@dataclass(frozen=True, slots=True)
class TreeOutline:
    """One of the trees by which certificates of a level are renewed; `part` is its name in addresses."""

    part: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LevelOutline:
    """A level of a version: its rules, its topics, and the trees of its renewal."""

    level: Level
    lines: tuple[Line, ...]
    topics: tuple[Topic, ...]
    renewal: tuple[TreeOutline, ...] = ()


def versions() -> QuerySet[SchemeVersion]:
    """Every version, the newest rules first, with what it was drafted from."""
    return SchemeVersion.objects.select_related("scheme", "drafting__based_on").order_by("-effective_from", "-pk")


def drafting_of(version: SchemeVersion) -> "Drafting | None":
    """How a version came about on the desk; nothing for one that was loaded from a file."""
    return getattr(version, "drafting", None)


def outlines_of(version: SchemeVersion) -> list[LevelOutline]:
    """Every level of a version as an outline with its topics (two queries)."""
    topics = list(version.topics.order_by("position", "pk"))
    return [
        LevelOutline(
            level,
            tuple(lines_of(level.requirements)),
            tuple(topic for topic in topics if topic.level_code == level.code),
            tuple(
                TreeOutline(part, tuple(lines_of(tree)))
                for part in RENEWAL_PARTS
                if (tree := (level.renewal or {}).get(RENEWAL_PARTS[part]))
            ),
        )
        for level in version.levels.order_by("pk")
    ]


def lines_of(tree: Node) -> Iterator[Line]:
    """The rules of a tree, top down, without the tree's own top."""
    yield from _lines(tree.get("children", []), (), labels_in(tree))


def labels_in(node: Node) -> dict[str, str]:
    """What every code of a tree is called, in the language now active."""
    own = {node["code"]: local(node, "title")} if node.get("code") else {}
    return own | {code: label for child in node.get("children", []) for code, label in labels_in(child).items()}


def _lines(children: list[Node], above: tuple[int, ...], labels: dict[str, str]) -> Iterator[Line]:
    for index, node in enumerate(children):
        path = (*above, index)
        yield Line(
            path="-".join(str(step) for step in path),
            depth=len(above),
            code=node.get("code", ""),
            kind=node["kind"],
            label=local(node, "title"),
            asks=asked(node),
            after=pgettext("between titles", ", ").join(labels.get(code, code) for code in node.get("after", [])),
            source=local(node, "source"),
            first=index == 0,
            last=index == len(children) - 1,
        )
        yield from _lines(node.get("children", []), path, labels)


def local(node: Node, name: str) -> str:
    """An entry of a node in the language now active."""
    return str(node.get(f"{name}_en" if get_language() == "en" else name, ""))


def asked(node: Node) -> str:
    """What a node asks for, in words."""
    kind = NodeKind(node["kind"])
    figure = node.get("count") if node.get("count") is not None else node.get("at_least")
    fact = FactKind(node["fact"]) if kind == NodeKind.LEAF else None
    bar = node.get("per_ref_at_least")
    said = asks(kind, fact, Decimal(str(figure or 0)), Decimal(str(bar)) if bar is not None else None)
    first = gettext("nothing of this may stand") if node.get("absent") else said
    return pgettext("between titles", ", ").join([first, *narrowed(node)])


def _codes(node: Node) -> Iterator[str]:
    if node.get("code"):
        yield node["code"]
    for child in node.get("children", []):
        yield from _codes(child)


def twice_in(tree: Node) -> str:
    """The first code that a tree uses twice; empty when there is none."""
    seen: set[str] = set()
    for code in _codes(tree):
        if code in seen:
            return code
        seen.add(code)
    return ""


def requirements_of(version: SchemeVersion, level: str, part: str = REQUIREMENTS) -> Node:
    """The requirement tree of a level of `version`, or one of its renewal, as data."""
    tree = tree_of(level_of(version, level), part)
    if tree is None:
        raise NoSuchTree
    return tree


def tree_of(level: Level, part: str) -> Node | None:
    """One of the trees of a level, as data; nothing where it has none of this name."""
    if part == REQUIREMENTS:
        found: Node = level.requirements
        return found
    return (level.renewal or {}).get(RENEWAL_PARTS.get(part, ""))


def version_before(version: SchemeVersion) -> SchemeVersion | None:
    """The published version whose rules came before those of `version`."""
    earlier = versions().filter(scheme=version.scheme, state=SchemeState.PUBLISHED)
    return earlier.filter(effective_from__lt=version.effective_from).exclude(pk=version.pk).first()
