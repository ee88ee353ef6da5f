"""The exam room's interface: one step at a time, and handing in."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.exams.enums import SENT_KINDS
from lms.exams.models import Attempt
from lms.exams.selectors.sittings import own_attempt
from lms.exams.services import attempts
from lms.exams.services.steps import MOST_STEPS, save_step
from lms.kernel.clock import now


class StepIn(serializers.Serializer[Any]):
    client_seq = serializers.IntegerField(min_value=1, max_value=MOST_STEPS)
    kind = serializers.ChoiceField(choices=[kind.value for kind in SENT_KINDS])
    slot = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    answer = serializers.JSONField(allow_null=True, default=None)


class StepOut(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class ReceiptOut(serializers.Serializer[Any]):
    receipt = serializers.CharField(source="code")


def _attempt(request: Request, uid: UUID) -> Attempt:
    attempt = own_attempt(request.user, uid)
    if attempt is None:
        raise Http404
    return attempt


class StepsView(APIView):
    """Saves one step; the same step again answers the same body."""

    @extend_schema(request=StepIn, responses=StepOut, operation_id="exam_step")
    def post(self, request: Request, uid: UUID) -> Response:
        attempt = _attempt(request, uid)
        step = StepIn(data=request.data)
        step.is_valid(raise_exception=True)
        outcome = save_step(attempt=attempt, **step.validated_data, now=now(), actor=f"user:{request.user.pk}")
        return Response(StepOut(outcome).data)


class SubmitView(APIView):
    """Hands in; handing in again answers the same receipt."""

    @extend_schema(request=None, responses=ReceiptOut, operation_id="exam_submit")
    def post(self, request: Request, uid: UUID) -> Response:
        attempt = _attempt(request, uid)
        receipt = attempts.submit(attempt=attempt, now=now(), actor=f"user:{request.user.pk}")
        return Response(ReceiptOut(receipt).data)
