"""The Open Badges 3.0 credential of a certificate, made from its printed fields and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from lms.kernel.levels import LevelCode

from .proofs import Signer, sign
from .terms import CREDENTIAL, CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS, Json

CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS]
SCHEMA_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
BEIJING = "+08:00"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom the credential is about: an opaque name, and a mail address that is only ever hashed."""

    uid: str
    email: str
    salt: str


@dataclass(frozen=True, slots=True)
class StatusPlace:
    """Where the credential's revocation bit stands."""

    url: str
    index: int


def _both(zh: str, en: str) -> str:
    """One text in both languages: the only form that schema and signature both accept."""
    return f"{zh} / {en}" if en and en != zh else zh


def _identifiers(payload: Json, holder: Holder) -> list[Json]:
    name = {"type": "IdentityObject", "hashed": False, "identityHash": payload["name"], "identityType": "name"}
    if not holder.email:
        return [name]
    digest = sha256(f"{holder.email}{holder.salt}".encode()).hexdigest()
    mail = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": holder.salt,
    }
    return [name, mail]


def _results(payload: Json, base: str) -> tuple[list[Json], list[Json]]:
    descriptions, results = [], []
    for result in payload["results"]:
        about = f"{base}-{result['code']}"
        descriptions.append(
            {
                "id": about,
                "type": ["ResultDescription"],
                "name": _both(result["title"], result["title_en"]),
                "resultType": "Percent" if result["fact"] == "exam" else "RawScore",
                "requiredValue": result["required"],
            }
        )
        results.append({"type": ["Result"], "resultDescription": about, "value": result["reached"]})
    return descriptions, results


def _achievement(payload: Json, issuer: str) -> tuple[Json, list[Json]]:
    level, scheme = payload["level"], payload["scheme"]
    base = f"{issuer}#{scheme['code']}-{scheme['number']}-{level['code']}"
    descriptions, results = _results(payload, base)
    achievement: Json = {
        "id": base,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": _both(level["name"], level["name_en"]),
        "description": _both(payload["title"], payload["title_en"]),
        "criteria": {"narrative": _both(payload["statement"], payload["statement_en"])},
        "humanCode": f"TTM{LevelCode(level['code']).rank}",
        "inLanguage": "zh-Hans",
        "version": scheme["number"],
    }
    if descriptions:
        achievement["resultDescription"] = descriptions
    return achievement, results


def build_credential(
    payload: Json,
    *,
    uid: str,
    issuer: str,
    issuer_url: str,
    holder: Holder,
    place: StatusPlace,
    evidence: tuple[str, str],
) -> Json:
    """The unsigned credential; `evidence` is the decision's identifier and the hash of its evidence."""
    achievement, results = _achievement(payload, issuer)
    level, organisation = payload["level"], payload["organisation"]
    mark = f"{payload['specimen']} · " if payload["specimen"] else ""
    valid_from = f"{payload['issued_on']}T00:00:00{BEIJING}"
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{holder.uid}",
        "type": ["AchievementSubject"],
        "identifier": _identifiers(payload, holder),
        "licenseNumber": payload["serial"],
        "achievement": achievement,
    }
    if results:
        subject["result"] = results
    return {
        "@context": CONTEXTS,
        "id": f"urn:uuid:{uid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": mark + _both(level["name"], level["name_en"]),
        "description": mark + _both(payload["title"], payload["title_en"]),
        "issuer": {
            "id": issuer,
            "type": ["Profile"],
            "name": _both(organisation["name"], organisation["name_en"]),
            "url": issuer_url,
        },
        "validFrom": valid_from,
        "validUntil": f"{payload['valid_until']}T23:59:59{BEIJING}",
        "awardedDate": valid_from,
        "credentialSubject": subject,
        "evidence": [
            {
                "id": f"urn:uuid:{evidence[0]}",
                "type": ["Evidence"],
                "name": "发证依据 / Evidence of the decision",
                "narrative": f"SHA-256 {evidence[1]}",
            }
        ],
        "credentialSchema": [{"id": SCHEMA_URL, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{place.url}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place.index),
            "statusListCredential": place.url,
        },
    }


def sign_credential(document: Json, *, signer: Signer, now: datetime) -> Json:
    """`document` with its proof."""
    return sign(document, shape=CREDENTIAL, signer=signer, now=now)


def name_in(document: Json) -> str:
    """The holder's name in a credential whose signature was found good."""
    for identifier in document["credentialSubject"]["identifier"]:
        if identifier["identityType"] == "name" and not identifier["hashed"]:
            return str(identifier["identityHash"])
    return ""
