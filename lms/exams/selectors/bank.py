"""What a bank holds."""

from django.db.models import OuterRef, QuerySet, Subquery

from lms.exams.enums import VersionState
from lms.exams.models import QuestionBank, QuestionVersion


def current_versions(bank_id: int) -> QuerySet[QuestionVersion]:
    """The newest published version of every question of a bank."""
    newest = QuestionVersion.objects.filter(question=OuterRef("question"), state=VersionState.PUBLISHED).order_by("-no")
    return (
        QuestionVersion.objects.filter(question__bank=bank_id, pk=Subquery(newest.values("pk")[:1]))
        .select_related("question")
        .order_by("question__ref")
    )


def bank_of(organisation_id: int, code: str) -> QuestionBank | None:
    """The bank of this code at an organisation."""
    return QuestionBank.objects.filter(organisation=organisation_id, code=code).first()
