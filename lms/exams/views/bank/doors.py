"""What every page of the bank asks first: who is there, and whether the thing is theirs to see."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from lms.exams.models import CaseSet, Question, QuestionBank
from lms.exams.policies import keeps_a_bank
from lms.exams.selectors.banks import banks_visible_to
from lms.exams.selectors.questions import case_visible_to, question_visible_to

if TYPE_CHECKING:
    from lms.accounts.models import User


def user_of(request: HttpRequest) -> "User":
    """The visitor, who has signed in."""
    return cast("User", request.user)


def actor_of(request: HttpRequest) -> str:
    """The visitor, as the books name people."""
    return f"user:{request.user.pk}"


def must_keep_a_bank(request: HttpRequest) -> None:
    """Refuse everybody who writes questions nowhere."""
    if not keeps_a_bank(request.user):
        raise PermissionDenied


def bank_or_404(request: HttpRequest, pk: int) -> QuestionBank:
    """A bank that the visitor keeps."""
    return get_object_or_404(banks_visible_to(request.user), pk=pk)


def question_or_404(request: HttpRequest, uid: UUID) -> Question:
    """A question of a bank that the visitor keeps."""
    found = question_visible_to(request.user, uid)
    if found is None:
        raise Http404
    return found


def case_or_404(request: HttpRequest, uid: UUID) -> CaseSet:
    """A case of a bank that the visitor keeps."""
    found = case_visible_to(request.user, uid)
    if found is None:
        raise Http404
    return found
