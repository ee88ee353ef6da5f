"""Study leases, intervals and presence: the programming interface that `study.js` and tests use."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses import policies
from courses.models import Enrolment
from courses.services import leases
from courses.services.challenges import asked_under
from courses.services.intervals import credit_interval
from courses.services.presence import answer_challenge
from lms.kernel.clock import now

# A day: no item declares as much, and larger numbers are a client's fault.
MOST_SECONDS = 24 * 60 * 60


class LeaseAsked(serializers.Serializer):
    enrolment = serializers.UUIDField()
    item_uid = serializers.SlugField(max_length=40)
    renews = serializers.CharField(required=False, allow_blank=True, max_length=200)


class ChallengeAsked(serializers.Serializer):
    no = serializers.IntegerField()
    due_in_s = serializers.IntegerField()
    answer_by = serializers.DateTimeField()
    left_s = serializers.IntegerField()


class LeaseGranted(serializers.Serializer):
    lease = serializers.CharField()
    issued_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    seconds = serializers.FloatField()
    covered_s = serializers.IntegerField()
    pending_s = serializers.IntegerField()
    declared_s = serializers.IntegerField()
    following = serializers.ListField(child=serializers.IntegerField())
    challenge = ChallengeAsked(allow_null=True)


class IntervalClaimed(serializers.Serializer):
    lease = serializers.CharField(max_length=200)
    client_seq = serializers.IntegerField(min_value=0, max_value=2**53)
    start_s = serializers.IntegerField(min_value=0, max_value=MOST_SECONDS)
    end_s = serializers.IntegerField(min_value=1, max_value=MOST_SECONDS)


class IntervalAnswered(serializers.Serializer):
    accepted_s = serializers.IntegerField()
    pending_s = serializers.IntegerField()
    early_s = serializers.IntegerField()
    reason = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(source="sentence", allow_blank=True)
    covered_s = serializers.IntegerField()
    declared_s = serializers.IntegerField()
    complete = serializers.BooleanField()
    received_at = serializers.DateTimeField()
    following = serializers.ListField(child=serializers.IntegerField())
    challenge = ChallengeAsked(allow_null=True)


class PresenceGiven(serializers.Serializer):
    lease = serializers.CharField(max_length=200)
    challenge_no = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class PresenceAnswered(serializers.Serializer):
    in_time = serializers.BooleanField()
    covered_s = serializers.IntegerField()
    pending_s = serializers.IntegerField()
    declared_s = serializers.IntegerField()
    complete = serializers.BooleanField()
    following = serializers.ListField(child=serializers.IntegerField())
    answered_at = serializers.DateTimeField()


def _checked(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def _studying(request: Request) -> int:
    person = getattr(request.user, "person", None)
    if person is None:
        raise leases.LeaseUnknown
    return person.pk


class Leases(APIView):
    """Leave to count study time for the next minute."""

    @extend_schema(request=LeaseAsked, responses={201: LeaseGranted})
    def post(self, request: Request) -> Response:
        asked = _checked(LeaseAsked, request)
        visible = leases.grounds(Enrolment.objects.visible_to(request.user), asked["item_uid"])
        ground = get_object_or_404(visible, uid=asked["enrolment"])
        if not policies.can_study(request.user, ground):
            raise leases.StudyForSomebodyElse
        moment = now()
        grant = leases.grant_on(ground=ground, item_uid=asked["item_uid"], renews=asked.get("renews", ""), now=moment)
        return Response(LeaseGranted(_granted(grant, moment)).data, status=201)


def _granted(grant: leases.Grant, moment: Any) -> dict[str, Any]:
    lease = grant.lease
    return {
        "lease": leases.token_of(lease),
        "issued_at": lease.issued_at,
        "expires_at": lease.expires_at,
        "seconds": (lease.expires_at - moment).total_seconds(),
        "covered_s": grant.covered_s,
        "pending_s": grant.waiting_s,
        "declared_s": lease.declared_s,
        "following": grant.following,
        "challenge": asked_under(lease, answered=False, ends_at=lease.expires_at, rules=grant.rules, now=moment),
    }


class Intervals(APIView):
    """Claims of study time under a lease."""

    @extend_schema(request=IntervalClaimed, responses=IntervalAnswered)
    def post(self, request: Request) -> Response:
        claimed = _checked(IntervalClaimed, request)
        outcome = credit_interval(
            lease_token=claimed["lease"],
            client_seq=claimed["client_seq"],
            start_s=claimed["start_s"],
            end_s=claimed["end_s"],
            person_id=_studying(request),
            now=now(),
        )
        return Response(IntervalAnswered(outcome).data)


class Presence(APIView):
    """The answer to the question whether somebody is still there."""

    @extend_schema(request=PresenceGiven, responses=PresenceAnswered)
    def post(self, request: Request) -> Response:
        given = _checked(PresenceGiven, request)
        outcome = answer_challenge(
            lease_token=given["lease"],
            challenge_no=given["challenge_no"],
            person_id=_studying(request),
            now=now(),
        )
        return Response(PresenceAnswered(outcome).data)
