"""Files of questions that were brought to a bank."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from lms.exams.models import QuestionBank, QuestionUpload

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def uploads_of(bank: QuestionBank, most: int = 5) -> QuerySet[QuestionUpload]:
    """The latest files of a bank, with those who brought them (one query)."""
    return bank.uploads.select_related("uploaded_by__person").order_by("-uploaded_at", "-pk")[:most]


def upload_visible_to(user: "User | AnonymousUser", bank: QuestionBank, uid: UUID) -> QuestionUpload | None:
    """A file of a bank, for those who keep the bank."""
    found = QuestionUpload.objects.visible_to(user).filter(bank=bank, uid=uid)
    return found.select_related("bank__organisation", "file", "uploaded_by__person").first()
