"""The terms our credentials use, and the IRIs that the published vocabularies give them.

Signing a credential means signing the RDF that its JSON-LD stands for. The terms are few and fixed, so
they stand here as a table of facts, and `statements` reads a document by it: no context document is
needed to sign or to verify, and a member that is not in the table is refused instead of silently left out
of the signature. An independent JavaScript library with the published contexts must come to the same
statements (tests/certificates/independent; docs/decisions/0009).
"""

from dataclasses import dataclass
from typing import Any

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CRED = "https://www.w3.org/2018/credentials#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_SEC = "https://w3id.org/security#"
_SCHEMA = "https://schema.org/"
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"

TEXT = f"{_XSD}string"
TIME = f"{_XSD}dateTime"
# The badge context spells these two with https, and one type with a prefix that it never declares.
# Signatures must follow it to the letter.
URI = "https://www.w3.org/2001/XMLSchema#anyURI"
BOOLEAN = "https://www.w3.org/2001/XMLSchema#boolean"
BADGE_TIME = "xsd:dateTime"
MULTIBASE = f"{_SEC}multibase"
SUITE = f"{_SEC}cryptosuiteString"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """What a member means: a literal of `datatype`, a link, a word of the vocabulary, or an inner node."""

    iri: str
    datatype: str = ""
    link: bool = False
    words: tuple[tuple[str, str], ...] = ()
    node: "Shape | None" = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a node may hold: its types exactly, whether it has a name of its own, and its members."""

    types: tuple[tuple[str, str], ...]
    terms: dict[str, Term]
    named: bool = False
    required: frozenset[str] = frozenset()


def _text(iri: str) -> Term:
    return Term(iri, datatype=TEXT)


NAME, DESCRIPTION = _text(f"{_SCHEMA}name"), _text(f"{_SCHEMA}description")
NARRATIVE = _text(f"{_OB}narrative")
LANGUAGE = _text(f"{_SCHEMA}inLanguage")
URL = Term(f"{_SCHEMA}url", datatype=URI)

PROFILE = Shape(
    types=(("Profile", f"{_OB}Profile"),),
    terms={"name": NAME, "url": URL, "description": DESCRIPTION},
    named=True,
    required=frozenset({"name"}),
)
IDENTITY = Shape(
    types=(("IdentityObject", f"{_OB}IdentityObject"),),
    terms={
        "hashed": Term(f"{_OB}hashed", datatype=BOOLEAN),
        "identityHash": _text(f"{_OB}identityHash"),
        "identityType": _text(f"{_OB}identityType"),
        "salt": _text(f"{_OB}salt"),
    },
    required=frozenset({"hashed", "identityHash", "identityType"}),
)
CRITERIA = Shape(types=(), terms={"narrative": NARRATIVE}, required=frozenset({"narrative"}))
RESULT_DESCRIPTION = Shape(
    types=(("ResultDescription", f"{_OB}ResultDescription"),),
    terms={
        "name": NAME,
        "resultType": _text(f"{_OB}resultType"),
        "requiredValue": _text(f"{_OB}requiredValue"),
        "valueMin": _text(f"{_OB}valueMin"),
        "valueMax": _text(f"{_OB}valueMax"),
    },
    named=True,
    required=frozenset({"name", "resultType"}),
)
ACHIEVEMENT = Shape(
    types=(("Achievement", f"{_OB}Achievement"),),
    terms={
        "name": NAME,
        "description": DESCRIPTION,
        "achievementType": _text(f"{_OB}achievementType"),
        "criteria": Term(f"{_OB}Criteria", node=CRITERIA),
        "humanCode": _text(f"{_OB}humanCode"),
        "inLanguage": LANGUAGE,
        "version": _text(f"{_OB}version"),
        "resultDescription": Term(f"{_OB}resultDescription", node=RESULT_DESCRIPTION, many=True),
    },
    named=True,
    required=frozenset({"name", "description", "criteria"}),
)
RESULT = Shape(
    types=(("Result", f"{_OB}Result"),),
    terms={
        "resultDescription": Term(f"{_OB}resultDescription", datatype=URI),
        "value": _text(f"{_SCHEMA}value"),
    },
    required=frozenset({"resultDescription", "value"}),
)
SUBJECT = Shape(
    types=(("AchievementSubject", f"{_OB}AchievementSubject"),),
    terms={
        "achievement": Term(f"{_OB}achievement", node=ACHIEVEMENT),
        "identifier": Term(f"{_OB}identifier", node=IDENTITY, many=True),
        "licenseNumber": _text(f"{_OB}licenseNumber"),
        "result": Term(f"{_OB}result", node=RESULT, many=True),
    },
    named=True,
    required=frozenset({"achievement", "identifier", "licenseNumber"}),
)
EVIDENCE = Shape(
    types=(("Evidence", f"{_OB}Evidence"),),
    terms={"name": NAME, "narrative": NARRATIVE, "description": DESCRIPTION},
    named=True,
    required=frozenset({"name"}),
)
STATUS_ENTRY = Shape(
    types=(("BitstringStatusListEntry", f"{_STATUS}BitstringStatusListEntry"),),
    terms={
        "statusPurpose": _text(f"{_STATUS}statusPurpose"),
        "statusListIndex": _text(f"{_STATUS}statusListIndex"),
        "statusListCredential": Term(f"{_STATUS}statusListCredential", link=True),
    },
    named=True,
    required=frozenset({"statusPurpose", "statusListIndex", "statusListCredential"}),
)
SCHEMA_ENTRY = Shape(
    types=(
        (
            "1EdTechJsonSchemaValidator2019",
            "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019",
        ),
    ),
    terms={},
    named=True,
)
CREDENTIAL = Shape(
    types=(
        ("VerifiableCredential", f"{_CRED}VerifiableCredential"),
        ("OpenBadgeCredential", f"{_OB}OpenBadgeCredential"),
    ),
    terms={
        "name": NAME,
        "description": DESCRIPTION,
        "issuer": Term(f"{_CRED}issuer", node=PROFILE),
        "validFrom": Term(f"{_CRED}validFrom", datatype=TIME),
        "validUntil": Term(f"{_CRED}validUntil", datatype=TIME),
        "awardedDate": Term(f"{_OB}awardedDate", datatype=BADGE_TIME),
        "credentialSubject": Term(f"{_CRED}credentialSubject", node=SUBJECT),
        "credentialStatus": Term(f"{_CRED}credentialStatus", node=STATUS_ENTRY),
        "credentialSchema": Term(f"{_CRED}credentialSchema", node=SCHEMA_ENTRY, many=True),
        "evidence": Term(f"{_CRED}evidence", node=EVIDENCE, many=True),
    },
    named=True,
    required=frozenset({"name", "issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus"}),
)
STATUS_BITS = Shape(
    types=(("BitstringStatusList", f"{_STATUS}BitstringStatusList"),),
    terms={
        "statusPurpose": _text(f"{_STATUS}statusPurpose"),
        "encodedList": Term(f"{_STATUS}encodedList", datatype=MULTIBASE),
    },
    named=True,
    required=frozenset({"statusPurpose", "encodedList"}),
)
STATUS_CREDENTIAL = Shape(
    types=(
        ("VerifiableCredential", f"{_CRED}VerifiableCredential"),
        ("BitstringStatusListCredential", f"{_STATUS}BitstringStatusListCredential"),
    ),
    terms={
        "issuer": Term(f"{_CRED}issuer", link=True),
        "validFrom": Term(f"{_CRED}validFrom", datatype=TIME),
        "credentialSubject": Term(f"{_CRED}credentialSubject", node=STATUS_BITS),
    },
    named=True,
    required=frozenset({"issuer", "validFrom", "credentialSubject"}),
)
PROOF = Shape(
    types=(("DataIntegrityProof", f"{_SEC}DataIntegrityProof"),),
    terms={
        "created": Term("http://purl.org/dc/terms/created", datatype=TIME),
        "cryptosuite": Term(f"{_SEC}cryptosuite", datatype=SUITE),
        "proofPurpose": Term(f"{_SEC}proofPurpose", words=(("assertionMethod", f"{_SEC}assertionMethod"),)),
        "verificationMethod": Term(f"{_SEC}verificationMethod", link=True),
    },
    required=frozenset({"created", "cryptosuite", "proofPurpose", "verificationMethod"}),
)
