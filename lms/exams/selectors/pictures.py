"""Pictures of questions: for those who keep a bank, and for the candidate before whom they lie."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from lms.exams.models import Attempt, CaseVersion, QuestionBank, QuestionFigure, QuestionVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def figure_visible_to(user: "User | AnonymousUser", uid: UUID) -> QuestionFigure | None:
    """A picture of a bank that `user` keeps."""
    banks = QuestionBank.objects.visible_to(user)
    return QuestionFigure.objects.filter(bank__in=banks, uid=uid).select_related("file", "bank").first()


def figures_of(bank: QuestionBank) -> QuerySet[QuestionFigure]:
    """The pictures of a bank, the newest first."""
    return bank.figures.select_related("file").order_by("-created_at", "-pk")


def figures_named(bank_id: int, uids: Collection[str]) -> list[QuestionFigure]:
    """The pictures of a bank with these uids, in their order (one query)."""
    found = {str(each.uid): each for each in QuestionFigure.objects.filter(bank=bank_id, uid__in=list(uids))}
    return [found[uid] for uid in uids if uid in found]


def figure_in_attempt(attempt: Attempt, uid: UUID) -> QuestionFigure | None:
    """A picture that a question or a case of the attempt's own paper shows; three queries."""
    items = attempt.seat.paper.items
    if str(uid) not in set(_shown(items)):
        return None
    bank = attempt.seat.exam.bank_id
    return QuestionFigure.objects.filter(bank=bank, uid=uid).select_related("file").first()


def _shown(items: list[dict[str, Any]]) -> Iterator[str]:
    versions = {item["version"] for item in items}
    cases = {item["case"] for item in items if item.get("case")}
    for body in QuestionVersion.objects.filter(pk__in=versions).values_list("body", flat=True):
        yield from body.get("figures", [])
    for body in CaseVersion.objects.filter(pk__in=cases).values_list("body", flat=True):
        yield from body.get("figures", [])
