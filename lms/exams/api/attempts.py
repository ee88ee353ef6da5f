"""The exam room's interface: one step at a time, and handing in.

A whole class saves here at once, so the shape of a step is checked by hand; the serializers describe it to readers
of the interface and are not run.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.views import APIView

from lms.exams.enums import FOCUS_KINDS, SENT_KINDS, StepKind
from lms.exams.selectors.grounds import Desk
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services import attempts
from lms.exams.services.focus import MOST_NOTES, note_focus
from lms.exams.services.seeing import see
from lms.exams.services.steps import StepOutcome, take_step
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

# The longest essay, written in the widest signs and escaped, with room to spare.
LARGEST_BODY = 128 * 1024


class TooLarge(Refusal):
    code = "too-large"
    message = _("This is larger than any answer can be. Nothing of it was read; shorten it and save again.")
    status = 413


class Unreadable(Refusal):
    code = "parse-error"
    message = _("What was sent is not JSON, so nothing of it was saved. Send the step again.")


class StepIn(serializers.Serializer[Any]):
    client_seq = serializers.IntegerField(min_value=1, max_value=MOST_NOTES, required=False)
    kind = serializers.ChoiceField(choices=[kind.value for kind in SENT_KINDS])
    slot = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    answer = serializers.JSONField(allow_null=True, default=None)


class StepOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class ReceiptOut(serializers.Serializer[Any]):
    receipt = serializers.CharField()
    answers_hash = serializers.CharField()


class RoomApi(APIView):
    """What is too large is refused before any of it is read; only JSON is read."""

    parser_classes = [JSONParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise TooLarge
        super().initial(request, *args, **kwargs)


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_NOTES:
        raise ValidationError({name: [_("A whole number is wanted here.")]})
    return value


def _step(body: Any) -> dict[str, Any]:
    """The step in a body of the right shape."""
    if not isinstance(body, dict):
        raise ValidationError({"non_field_errors": [_("A step is an object with a kind.")]})
    kind, slot = body.get("kind"), body.get("slot")
    if kind not in SENT_KINDS:
        raise ValidationError({"kind": [_("There is no such kind of step.")]})
    return {
        "kind": kind,
        "client_seq": None if kind == StepKind.SEEN else _whole(body.get("client_seq"), "client_seq"),
        "slot": None if slot is None else _whole(slot, "slot"),
        "answer": body.get("answer"),
    }


def _body(request: Request) -> Any:
    try:
        return request.data
    except ParseError:
        raise Unreadable from None


def _take(request: Request, uid: UUID) -> StepOutcome:
    """Carry a step to the verb of its kind."""
    step, moment, actor = _step(_body(request)), now(), f"user:{request.user.pk}"
    desk = Desk(uid, request.user.pk)
    if step["kind"] == StepKind.SEEN:
        return see(desk=desk, slots=step["answer"], now=moment, actor=actor)
    if step["kind"] in FOCUS_KINDS:
        return note_focus(desk=desk, client_seq=step["client_seq"], kind=step["kind"], now=moment)
    return take_step(desk=desk, **step, now=moment, actor=actor)


class StepsView(RoomApi):
    """Saves one step; the same step again answers the same body."""

    @extend_schema(request=StepIn, responses=StepOut, operation_id="exam_step")
    def post(self, request: Request, uid: UUID) -> JsonResponse:
        outcome = _take(request, uid)
        return JsonResponse({"seq": outcome.seq, "saved_at": outcome.saved_at})


class SubmitView(RoomApi):
    """Hands in; handing in again answers the same receipt."""

    @extend_schema(request=None, responses=ReceiptOut, operation_id="exam_submit")
    def post(self, request: Request, uid: UUID) -> JsonResponse:
        attempt = own_attempt(request.user, uid)
        if attempt is None:
            raise Http404
        receipt = attempts.submit(attempt=attempt, now=now(), actor=f"user:{request.user.pk}")
        return JsonResponse({"receipt": receipt.code, "answers_hash": receipt.answers_hash})
