"""Study leases and intervals: the programming interface that `study.js` and tests use."""

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
from courses.services.intervals import credit_interval
from lms.kernel.clock import now

# A day: no item declares as much, and larger numbers are a client's fault.
MOST_SECONDS = 24 * 60 * 60


class LeaseAsked(serializers.Serializer):
    enrolment = serializers.UUIDField()
    item_uid = serializers.SlugField(max_length=40)
    renews = serializers.CharField(required=False, allow_blank=True, max_length=200)


class LeaseGranted(serializers.Serializer):
    lease = serializers.CharField()
    issued_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    seconds = serializers.IntegerField()
    covered_s = serializers.IntegerField()
    declared_s = serializers.IntegerField()


class IntervalClaimed(serializers.Serializer):
    lease = serializers.CharField(max_length=200)
    client_seq = serializers.IntegerField(min_value=0, max_value=2**53)
    start_s = serializers.IntegerField(min_value=0, max_value=MOST_SECONDS)
    end_s = serializers.IntegerField(min_value=1, max_value=MOST_SECONDS)


class IntervalAnswered(serializers.Serializer):
    accepted_s = serializers.IntegerField()
    pending_s = serializers.IntegerField()
    reason = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(source="sentence", allow_blank=True)
    covered_s = serializers.IntegerField()
    declared_s = serializers.IntegerField()
    complete = serializers.BooleanField()
    received_at = serializers.DateTimeField()


def _checked(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class Leases(APIView):
    """Leave to count study time for the next 60 seconds."""

    @extend_schema(request=LeaseAsked, responses={201: LeaseGranted})
    def post(self, request: Request) -> Response:
        asked = _checked(LeaseAsked, request)
        visible = Enrolment.objects.visible_to(request.user).select_related("person")
        enrolment = get_object_or_404(visible, uid=asked["enrolment"])
        if not policies.can_study(request.user, enrolment):
            raise leases.StudyForSomebodyElse
        lease, progress = leases.grant_lease(
            enrolment=enrolment, item_uid=asked["item_uid"], renews=asked.get("renews", ""), now=now()
        )
        granted = {
            "lease": leases.token_of(lease),
            "issued_at": lease.issued_at,
            "expires_at": lease.expires_at,
            "seconds": int(leases.LEASE.total_seconds()),
            "covered_s": progress.covered_s if progress else 0,
            "declared_s": lease.declared_s,
        }
        return Response(LeaseGranted(granted).data, status=201)


class Intervals(APIView):
    """Claims of study time under a lease."""

    @extend_schema(request=IntervalClaimed, responses=IntervalAnswered)
    def post(self, request: Request) -> Response:
        claimed = _checked(IntervalClaimed, request)
        person = getattr(request.user, "person", None)
        if person is None:
            raise leases.LeaseUnknown
        outcome = credit_interval(
            lease_token=claimed["lease"],
            client_seq=claimed["client_seq"],
            start_s=claimed["start_s"],
            end_s=claimed["end_s"],
            person_id=person.pk,
            now=now(),
        )
        return Response(IntervalAnswered(outcome).data)
