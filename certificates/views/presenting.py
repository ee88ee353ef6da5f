"""Turning an answer into what the verification page shows: one word, one sentence, then the printed fields."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from certificates.documents.terms import Json
from certificates.enums import EventKind, Result
from certificates.selectors.verification import masked
from certificates.services.verifying import Answer
from certificates.templatetags.certificates import beijing_day, legal_day
from lms.exams.enums import ExamMode
from simulations.enums import Calibration

# Result → colour of the verdict and its icon.
LOOKS = {
    Result.VALID: ("v-ok", "check"),
    Result.EXPIRED: ("v-warn", "clock"),
    Result.SUSPENDED: ("v-warn", "warn"),
    Result.NOT_YET_VALID: ("v-warn", "clock"),
    Result.REPLACED: ("v-warn", "redo"),
    Result.REVOKED: ("v-err", "x"),
    Result.INVALID: ("v-err", "x"),
    Result.UNKNOWN: ("v-none", "help"),
}
SENTENCES: dict[Result, str | Promise] = {
    Result.VALID: gettext_lazy(
        "This certificate was issued by %(issuer)s. It is valid today and has not been revoked."
    ),
    Result.EXPIRED: gettext_lazy("This certificate was issued by %(issuer)s and was valid until %(until)s."),
    Result.SUSPENDED: gettext_lazy(
        "%(issuer)s suspended this certificate on %(since)s. Do not rely on it until it is restored."
    ),
    Result.NOT_YET_VALID: gettext_lazy("This certificate was issued by %(issuer)s and is valid from %(from)s."),
    Result.REPLACED: gettext_lazy(
        "%(issuer)s replaced this certificate on %(since)s. Ask its holder for the newer one."
    ),
    Result.REVOKED: gettext_lazy(
        "%(issuer)s revoked this certificate on %(since)s. From that day it no longer counts."
    ),
    Result.INVALID: gettext_lazy("This file is not a certificate as it was issued. Do not rely on it."),
    Result.UNKNOWN: gettext_lazy(
        "No certificate matches this number and name or code together. Check the letter O and the digit 0; if it is "
        "still not found, ask the holder for the QR code."
    ),
}
_LAST = {
    Result.SUSPENDED: EventKind.SUSPENDED,
    Result.REVOKED: EventKind.REVOKED,
    Result.REPLACED: EventKind.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that the certificate rests on: a figure, its unit, and a sentence."""

    figure: str
    unit: str
    title: str
    text: str


def _local(part: Json, name: str = "name") -> str:
    english = part.get(f"{name}_en") or part[name]
    return str(english if get_language() == "en" else part[name])


def _sentence(answer: Answer) -> str:
    certificate = answer.certificate
    if certificate is None or answer.result in (Result.INVALID, Result.UNKNOWN):
        return str(SENTENCES[answer.result])
    events = [event for event in certificate.events.all() if event.kind == _LAST.get(answer.result)]
    words = {
        "issuer": _local(certificate.payload["organisation"]),
        "until": legal_day(certificate.valid_until),
        "from": legal_day(certificate.issued_on),
        "since": beijing_day(events[-1].at) if events else "",
    }
    sentence = str(SENTENCES[answer.result]) % words
    if events and events[-1].public_reason:
        return sentence + " " + _("Reason: %(reason)s") % {"reason": events[-1].public_reason}
    return sentence


def _unit(fact: str, figure: str) -> str:
    if fact == "class-hours":
        return _("class hours")
    if fact == "exam":
        return _("of 100")
    if fact == "simulation":
        return ngettext("simulation", "simulations", int(Decimal(figure)))
    return _("credits") if fact == "contribution" else ""


def _plain(figure: str) -> str:
    return figure.rstrip("0").rstrip(".") if "." in figure else figure


def _narrowed(result: Json) -> str:
    """What of it comes from practice, and which days counted, as sentences after the first."""
    said, gap = "", " " if get_language() == "en" else ""
    if "share" in result:
        words = {"percent": result["share"], "practice": _plain(result["practice"])}
        said += gap + _("From practice: %(practice)s; at least %(percent)s %% must be.") % words
    if "since" in result:
        words = {"since": legal_day(result["since"]), "until": legal_day(result["until"])}
        said += gap + _("Counted from %(since)s to %(until)s.") % words
    return said


def _absence(result: Json) -> Proof:
    """What must not stand, and how much of it does."""
    figure = _plain(result["stands"])
    text = _("Nothing of this may stand.") + _narrowed(result)
    return Proof(figure, _unit(result["fact"], figure), _local(result, "title"), text)


def proofs_in(results: list[Json]) -> list[Proof]:
    """What stands behind a certificate, from the evidence frozen before it was issued."""
    found = []
    for result in results:
        if "stands" in result:
            found.append(_absence(result))
            continue
        words = {"required": _plain(result["required"]), "bar": _plain(result.get("bar", ""))}
        text = (
            _("At least %(required)s required, each with %(bar)s of 100 or more.") % words
            if words["bar"]
            else _("At least %(required)s required.") % words
        )
        if result.get("mode"):
            text += " " + _("How it was sat: %(mode)s.") % {"mode": ExamMode(result["mode"]).label}
        if result.get("calibration"):
            tried = Calibration(result["calibration"]).label
            text += " " + _("Scores: %(tried)s; no level rests on them alone.") % {"tried": tried}
        text += _narrowed(result)
        figure = _plain(result["reached"])
        found.append(Proof(figure, _unit(result["fact"], figure), _local(result, "title"), text))
    return found


def _name(answer: Answer) -> str:
    """The name for who already knew it, else only its ends."""
    name = answer.certificate.payload["name"] if answer.certificate else ""
    return name if answer.knows_name else masked(name)


def context_of(answer: Answer) -> dict[str, Any]:
    """Everything that the template of the answer needs."""
    look, icon = LOOKS[answer.result]
    certificate = answer.certificate
    context: dict[str, Any] = {
        "answer": answer,
        "word": answer.result.label,
        "sentence": _sentence(answer),
        "look": look,
        "icon": icon,
    }
    if certificate is None:
        return context
    payload = certificate.payload
    return context | {
        "certificate": certificate,
        "printed": payload,
        "name": _name(answer),
        "level": _local(payload["level"]),
        "issuer": _local(payload["organisation"]),
        "scheme": f"{_local(payload['scheme'], 'title')} {payload['scheme']['number']}",
        "proofs": proofs_in(payload["results"]),
        "events": certificate.events.all(),
        "evidence_hash": certificate.decision.evidence_hash,
    }
