"""The deal room for machines: carry out one command, or look at the table."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.kernel.clock import now
from simulations.engine.wire import public_event
from simulations.models import Attempt
from simulations.policies import can_play
from simulations.selectors.attempts import attempt_visible
from simulations.selectors.history import state_of
from simulations.selectors.tables import ordered, table_view
from simulations.services.commands import carry_out


class CommandRequest(serializers.Serializer[Any]):
    """A command under a number that its sender has drawn."""

    request_id = serializers.CharField(max_length=64)
    command = serializers.DictField()


_OBJECT = serializers.DictField()
CommandAnswer = inline_serializer(
    "SimulationCommandAnswer", {"events": serializers.ListField(child=_OBJECT), "view": _OBJECT}
)


def _attempt(request: Request, uid: UUID) -> Attempt:
    attempt = attempt_visible(request.user, uid)
    if attempt is None:
        raise Http404
    return attempt


class CommandsView(APIView):
    """Carry out a command in an attempt of one's own."""

    @extend_schema(request=CommandRequest, responses=CommandAnswer, operation_id="sim_attempt_command")
    def post(self, request: Request, uid: UUID) -> Response:
        attempt = _attempt(request, uid)
        if not can_play(request.user, attempt):
            raise PermissionDenied
        asked = CommandRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        outcome = carry_out(attempt=attempt, now=now(), **asked.validated_data)
        events = [ordered(public_event(event)) for event in outcome.events]
        return Response({"events": events, "view": table_view(attempt, outcome.state)})


class AttemptViewView(APIView):
    """How the table looks now, to the trainee's seat."""

    @extend_schema(responses=_OBJECT, operation_id="sim_attempt_view")
    def get(self, request: Request, uid: UUID) -> Response:
        attempt = _attempt(request, uid)
        return Response(table_view(attempt, state_of(attempt)))
