"""Freezing what a decision rests on: where the person stands, every fact, and the heads of the ledgers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from certificates.documents.terms import Json
from lms.credits.selectors.statement import Total, hours_by_module, points_by_kind
from lms.exams.selectors.modes import modes_of
from lms.records.selectors.chain import heads
from lms.records.validators import canonical_json
from lms.schemes.enums import FactKind
from lms.schemes.selectors.standing import NodeStanding, Standing
from simulations.enums import Calibration
from simulations.selectors.calibration import calibrations_of

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
        **({"since": node.window.since.isoformat(), "until": node.window.until.isoformat()} if node.window else {}),
        **({"stands": f"{node.stands:f}"} if node.stands is not None else {}),
        **({"share": node.share.percent, "practice": f"{node.share.practice:f}"} if node.share else {}),
    }


def _tree(node: NodeStanding) -> Json:
    return {**_node(node), "source": node.source, "children": [_tree(child) for child in node.children]}


def _facts(person: "Person") -> Iterator[Json]:
    """Every fact; one of an exam says under whose eyes it was sat, one of a simulation what its score was tried on."""
    facts = list(person.facts.order_by("occurred_at", "pk"))
    sources = [fact.source for fact in facts]
    modes, tried = modes_of(sources), calibrations_of(sources)
    for fact in facts:
        yield {
            "kind": fact.kind,
            "ref": fact.ref,
            "value": f"{fact.value:f}",
            "source": fact.source,
            "occurred_at": fact.occurred_at.astimezone(UTC).isoformat(),
            **({"mode": str(modes[fact.source])} if fact.source in modes else {}),
            **({"calibration": str(tried[fact.source])} if fact.source in tried else {}),
        }


def _leaf(node: NodeStanding, facts: list[Json]) -> Json:
    """A requirement; one that an exam meets names the mode of the exam that reached the most.

    One that simulations meet says what their scores were tried on: bots alone, as soon as one of them was.
    """
    ours = [fact for fact in facts if not node.refs or fact["ref"] in node.refs]
    told = [fact["mode"] for fact in ours if "mode" in fact and Decimal(fact["value"]) == node.reached]
    if node.fact == FactKind.EXAM and told:
        return {**_node(node), "mode": told[-1]}
    tried = {fact["calibration"] for fact in ours if "calibration" in fact}
    if node.fact == FactKind.SIMULATION and tried:
        weakest = Calibration.BOTS if Calibration.BOTS in tried else Calibration.PEOPLE
        return {**_node(node), "calibration": str(weakest)}
    return _node(node)


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


def freeze_evidence(
    *,
    person: "Person",
    organisation: "Organisation",
    standing: Standing,
    now: datetime,
    renewal: Json | None = None,
) -> Json:
    """The evidence of a decision, complete in itself: no later change of a row reaches it.

    `renewal` names the certificate that is renewed, which way, and the days that counted.
    """
    level = standing.level
    version = level.version
    facts = list(_facts(person))
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
        "leaves": [_leaf(leaf, facts) for leaf in standing.leaves()],
        "facts": facts,
        "ledgers": _ledgers(person),
        **({"renewal": renewal} if renewal else {}),
    }
