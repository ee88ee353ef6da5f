"""What a bank holds."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lms.exams.enums import VersionState
from lms.exams.models import LegalBasis, QuestionBank, QuestionUse, QuestionVersion
from lms.exams.selectors.banks import standing_versions
from lms.exams.selectors.laws import outdated
from lms.kernel.lookups import says_all

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

YES = "1"
FIELDS = {
    "state": "state",
    "level": "level",
    "topic": "topic",
    "competency": "competency",
    "difficulty": "difficulty",
    "kind": "question__kind",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions of a bank somebody wants to see; the address holds it, empty words want everything."""

    q: str = ""
    state: str = ""
    level: str = ""
    module: str = ""
    topic: str = ""
    competency: str = ""
    difficulty: str = ""
    kind: str = ""
    law: str = ""
    outdated: str = ""
    unused: str = ""

    @classmethod
    def read(cls, address: "Mapping[str, str]") -> "Wanted":
        """As the address says; what it does not know is left alone, and NUL stands in no text."""
        return cls(**{each.name: address.get(each.name, "").replace("\0", "").strip()[:100] for each in fields(cls)})

    @property
    def query(self) -> str:
        """The same for the next address."""
        return urlencode({each.name: value for each in fields(self) if (value := getattr(self, each.name))})


def current_versions(bank_id: int) -> QuerySet[QuestionVersion]:
    """The published version of every question of a bank; a question has one at a time."""
    return (
        QuestionVersion.objects.filter(question__bank=bank_id, state=VersionState.PUBLISHED)
        .select_related("question")
        .order_by("question__ref")
    )


def bank_of(organisation_id: int, code: str) -> QuestionBank | None:
    """The bank of this code at an organisation."""
    return QuestionBank.objects.filter(organisation=organisation_id, code=code).first()


def listed(
    bank: QuestionBank, wanted: Wanted, now: datetime, topics_of_module: "Collection[str]" = ()
) -> QuerySet[QuestionVersion]:
    """The versions of a bank that are wanted, the questions of a case together, each with what is to be said of it.

    `is_outdated` says that it rests on an older law text, `is_used` that it lies in a paper.
    """
    used = QuestionUse.objects.filter(version__question=OuterRef("question"), papers__gt=0)
    found = standing_versions().filter(question__bank=bank).annotate(is_outdated=outdated(now), is_used=Exists(used))
    found = found.filter(**{FIELDS[name]: value for name in FIELDS if (value := getattr(wanted, name))})
    if wanted.module:
        found = found.filter(Q(module=wanted.module) | Q(topic__in=topics_of_module))
    if wanted.law:
        found = found.filter(Exists(LegalBasis.objects.filter(version=OuterRef("pk"), law__code=wanted.law)))
    if wanted.outdated == YES:
        found = found.filter(is_outdated=True)
    if wanted.unused == YES:
        found = found.filter(is_used=False)
    found = found.filter(says_all(wanted.q.split(), "question__ref", "body__stem", "body__stem_en"))
    together = Coalesce("question__case_set__ref", "question__ref")
    return found.select_related("question__case_set").order_by(
        together, "question__case_set_id", "question__case_place", "question__ref", "-no"
    )
