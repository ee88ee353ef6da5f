"""Reading a document by the table of terms into RDF statements, strictly, and spelling them canonically."""

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph

from .terms import BOOLEAN, RDF_TYPE, TEXT, Json, Shape, Term

_ABSOLUTE = re.compile(r"(?:https?://|did:|urn:)[^\s<>\"{}|\\^`\x00-\x20]+")
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# A blank node among many equal ones makes canonicalising slow; ours are few, and never equal.
MOST_ENTRIES = 16
LONGEST_TEXT = 60_000

Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode


class NotOurTerms(ValueError):
    """The document holds something that our credentials never hold; `args[0]` names where."""


def canonical_statements(document: Json, shape: Shape) -> str:
    """RDFC-1.0 canonical N-Quads of `document` read as `shape`; `@context` and `proof` are not part of it."""
    dataset = pyoxigraph.Dataset()
    _node(document, shape, "$", dataset, root=True)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def _node(value: Any, shape: Shape, path: str, dataset: pyoxigraph.Dataset, *, root: bool = False) -> Node:
    members = _members(value, shape, path, root=root)
    subject: Node = pyoxigraph.NamedNode(_link(value["id"], f"{path}.id")) if shape.named else pyoxigraph.BlankNode()
    _types(value, shape, path, subject, dataset)
    for name, term in members:
        for entry, where in _entries(value[name], term, f"{path}.{name}"):
            meaning = _meaning(entry, term, where, dataset)
            dataset.add(pyoxigraph.Quad(subject, pyoxigraph.NamedNode(term.iri), meaning))
    return subject


def _members(value: Any, shape: Shape, path: str, *, root: bool) -> list[tuple[str, Term]]:
    if not isinstance(value, dict):
        raise NotOurTerms(path)
    own = {"type"} if shape.types else set()
    own |= {"id"} if shape.named else set()
    outside = {"@context", "proof"} if root else set()
    for name in value:
        if name not in shape.terms and name not in own | outside:
            raise NotOurTerms(f"{path}.{name}")
    for name in sorted(shape.required | own):
        if name not in value:
            raise NotOurTerms(f"{path}.{name}")
    return [(name, term) for name, term in shape.terms.items() if name in value]


def _types(value: Json, shape: Shape, path: str, subject: Node, dataset: pyoxigraph.Dataset) -> None:
    names = [name for name, _iri in shape.types]
    given = value.get("type", [])
    if (given if isinstance(given, list) else [given]) != names:
        raise NotOurTerms(f"{path}.type")
    for _name, iri in shape.types:
        dataset.add(pyoxigraph.Quad(subject, pyoxigraph.NamedNode(RDF_TYPE), pyoxigraph.NamedNode(iri)))


def _entries(value: Any, term: Term, path: str) -> Iterator[tuple[Any, str]]:
    if not term.many:
        yield value, path
        return
    entries = value if isinstance(value, list) else [value]
    if not entries or len(entries) > MOST_ENTRIES:
        raise NotOurTerms(path)
    for index, entry in enumerate(entries):
        if entry in entries[:index]:
            raise NotOurTerms(f"{path}[{index}]")
        yield entry, f"{path}[{index}]"


def _meaning(value: Any, term: Term, path: str, dataset: pyoxigraph.Dataset) -> Node | pyoxigraph.Literal:
    if term.node is not None:
        return _node(value, term.node, path, dataset)
    if term.datatype == BOOLEAN:
        if not isinstance(value, bool):
            raise NotOurTerms(path)
        return pyoxigraph.Literal("true" if value else "false", datatype=pyoxigraph.NamedNode(BOOLEAN))
    text = _text(value, path)
    if term.words:
        if text not in dict(term.words):
            raise NotOurTerms(path)
        return pyoxigraph.NamedNode(dict(term.words)[text])
    if term.link:
        return pyoxigraph.NamedNode(_link(text, path))
    if term.datatype == TEXT:
        return pyoxigraph.Literal(text)
    return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(term.datatype))


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or _CONTROL.search(value):
        raise NotOurTerms(path)
    return value


def _link(value: Any, path: str) -> str:
    text = _text(value, path)
    if not _ABSOLUTE.fullmatch(text):
        raise NotOurTerms(path)
    return text
