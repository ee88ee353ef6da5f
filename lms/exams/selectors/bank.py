"""What a bank holds."""

from django.db.models import QuerySet

from lms.exams.enums import VersionState
from lms.exams.models import QuestionBank, QuestionVersion


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
