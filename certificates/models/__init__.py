from .certificate import Certificate, CertificateEvent
from .counter import SerialCounter
from .decision import Decision
from .document import Document
from .key import SigningKey
from .log import VerificationLog
from .renewal import RenewalStep
from .status import Publication, StatusList
from .wording import WordingAllowance

__all__ = [
    "Certificate",
    "CertificateEvent",
    "Decision",
    "Document",
    "Publication",
    "RenewalStep",
    "SerialCounter",
    "SigningKey",
    "StatusList",
    "VerificationLog",
    "WordingAllowance",
]
