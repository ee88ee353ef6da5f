"""Freezing what a decision rests on: where the person stands, every fact, and the heads of the ledgers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from certificates.documents.terms import Json
from lms.credits.selectors.statement import Total, hours_by_module, points_by_kind
from lms.records.selectors.chain import heads
from lms.records.validators import canonical_json
from lms.schemes.selectors.standing import NodeStanding, Standing

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

EVIDENCE_SCHEMA = 1


def evidence_hash(evidence: Json) -> str:
    """SHA-256 of the canonical JSON of `evidence`."""
    return sha256(canonical_json(evidence)).hexdigest()


def _node(node: NodeStanding) -> Json:
    return {
        "code": node.code,
        "kind": str(node.kind),
        "title": node.title,
        "title_en": node.title_en,
        "fact": str(node.fact) if node.fact else "",
        "required": f"{node.required:f}",
        "reached": f"{node.reached:f}",
        "bar": f"{node.bar:f}" if node.bar is not None else "",
        "met": node.met,
    }


def _tree(node: NodeStanding) -> Json:
    return {**_node(node), "source": node.source, "children": [_tree(child) for child in node.children]}


def _facts(person: "Person") -> Iterator[Json]:
    for fact in person.facts.order_by("occurred_at", "pk"):
        yield {
            "kind": fact.kind,
            "ref": fact.ref,
            "value": f"{fact.value:f}",
            "source": fact.source,
            "occurred_at": fact.occurred_at.astimezone(UTC).isoformat(),
        }


def _chain(book: str, person: "Person") -> Json:
    head = heads(book).filter(owner=str(person.uid)).first()
    return {"lines": head.seq, "head": head.hash} if head else {"lines": 0, "head": ""}


def _totals(totals: list[Total]) -> Json:
    return {
        "total": f"{sum((total.figure for total in totals), Decimal(0)):f}",
        "parts": {total.code: f"{total.figure:f}" for total in totals},
    }


def _ledgers(person: "Person") -> Json:
    """What both ledgers come to, and the head that fixes every line of them."""
    return {
        "hours": {**_totals(hours_by_module(person.pk)), **_chain("hours", person)},
        "credits": {**_totals(points_by_kind(person.pk)), **_chain("credits", person)},
    }


def freeze_evidence(*, person: "Person", organisation: "Organisation", standing: Standing, now: datetime) -> Json:
    """The evidence of a decision, complete in itself: no later change of a row reaches it."""
    level = standing.level
    version = level.version
    return {
        "schema": EVIDENCE_SCHEMA,
        "frozen_at": now.astimezone(UTC).isoformat(),
        "person": {"uid": str(person.uid), "name": person.real_name, "latin_name": person.latin_name},
        "organisation": {
            "code": organisation.code,
            "name": organisation.name,
            "name_en": organisation.name_en,
            "basis": organisation.authority_basis,
        },
        "level": {"code": level.code, "name": level.name, "name_en": level.name_en},
        "scheme": {
            "code": version.scheme.code,
            "number": version.number,
            "title": version.title,
            "title_en": version.title_en,
            "content_hash": version.content_hash,
        },
        "standing": _tree(standing.root),
        "leaves": [_node(leaf) for leaf in standing.leaves()],
        "facts": list(_facts(person)),
        "ledgers": _ledgers(person),
    }
