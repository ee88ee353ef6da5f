"""What printed papers have in common: the frozen payload, the code that names it, and the page made of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from cms.design.services.mark import mark_svg
from cms.design.services.printing import as_data, print_pdf
from cms.design.services.qr import qr_svg
from cms.design.services.typefaces import SANS, SERIF, check_letters
from lms.credits.enums import Book, PaperKind
from lms.credits.selectors.heads import head_of
from lms.credits.selectors.papers import home_of
from lms.kernel.beijing import BEIJING
from lms.kernel.demo import SPECIMEN, is_demo
from lms.records.selectors.seals import newest_leaf
from lms.records.services.encryption import blind_hash
from lms.records.validators import canonical_json

if TYPE_CHECKING:
    from lms.accounts.models import Person

Json = dict[str, Any]
SCHEMA = 1
STYLE = "credits/paper-print.css"
PURPOSE = "credits.paper"
CHECK, HEADS = "ledger/check/", "ledger/heads.json"
TEMPLATES = {
    PaperKind.STATEMENT: "credits/pdf/statement.html",
    PaperKind.DOSSIER: "credits/pdf/dossier.html",
    PaperKind.ANNUAL_RETURN: "credits/pdf/return.html",
}


def common(person: "Person", kind: PaperKind, language: str, on: date) -> Json:
    """What every paper says: whose it is, when it was made, where the person's ledger stood (at most four queries)."""
    owner, home = str(person.uid), home_of(person.pk)
    leaf = newest_leaf(Book.CREDITS, owner)
    seal = (
        {"number": leaf.seal.number, "at": _utc(leaf.seal.at), "hash": leaf.seal.hash, "seq": leaf.seq}
        if leaf
        else None
    )
    return {
        "schema": SCHEMA,
        "kind": kind.value,
        "language": language,
        "person": owner,
        "name": person.real_name,
        "latin_name": person.latin_name,
        "organisation": {"name": home.name, "name_en": home.name_en} if home else None,
        "made_on": on.isoformat(),
        "head": head_of(Book.CREDITS, owner),
        "seal": seal,
        "specimen": SPECIMEN if is_demo() else "",
    }


def code_of(payload: Json) -> UUID:
    """The number of the paper that says exactly this: the same content has the same one, and nobody can guess it."""
    told = sha256(canonical_json(payload)).hexdigest()
    return UUID(hex=blind_hash(told, purpose=PURPOSE)[:32])


def check_url(code: UUID, language: str) -> str:
    """The address that is printed as a QR code."""
    prefix = "" if language == "zh-hans" else f"{language}/"
    return f"{settings.JIQIAO_BASE_URL}/{prefix}{CHECK}?{urlencode({'c': code.hex})}"


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a payload, for the check of its letters."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def page_html(payload: Json) -> str:
    """The page in the paper's language, every field from the payload."""
    code = code_of(payload)
    url = check_url(code, payload["language"])
    where = urlsplit(settings.JIQIAO_BASE_URL).netloc
    context = {
        "paper": payload,
        "code": code.hex,
        "mark": as_data(mark_svg()),
        "qr": as_data(qr_svg(url)),
        "check_url": url,
        "check_at": f"{where}/{CHECK}",
        "heads_at": f"{where}/{HEADS}",
        "made_on": date.fromisoformat(payload["made_on"]),
        "sealed_at": _in_beijing(payload["seal"]["at"]) if payload["seal"] else "",
    }
    with translation.override(payload["language"]):
        return render_to_string(TEMPLATES[PaperKind(payload["kind"])], context)


def check_paper_letters(payload: Json) -> None:
    """Refuse a paper with a letter that would print as an empty box."""
    texts = "".join(texts_of(payload))
    for family in (SANS, SERIF):
        check_letters(texts, family)


def render_paper(payload: Json) -> bytes:
    """The paper as tagged PDF/A."""
    check_paper_letters(payload)
    return print_pdf(page_html(payload), stylesheet=STYLE, identifier=code_of(payload).hex)


def _in_beijing(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
