"""Notes and bookmarks: what `notes.js` and `bookmark.js` send while somebody reads."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses import policies
from courses.models import Enrolment
from courses.services.margins import NOTE_LENGTH, NoteChangedElsewhere, keep_place, write_note
from lms.kernel.clock import now
from lms.kernel.problems import MEDIA_TYPE

# A day in seconds: no recording is as long.
MOST_PLACE = 24 * 60 * 60


class NoteWritten(serializers.Serializer):
    enrolment = serializers.UUIDField()
    item_uid = serializers.SlugField(max_length=40)
    text = serializers.CharField(allow_blank=True, max_length=NOTE_LENGTH, trim_whitespace=False)
    seen = serializers.IntegerField(min_value=0)


class NoteKept(serializers.Serializer):
    text = serializers.CharField()
    revision = serializers.IntegerField()
    written_at = serializers.DateTimeField()


class PlaceReached(serializers.Serializer):
    enrolment = serializers.UUIDField()
    item_uid = serializers.SlugField(max_length=40)
    place = serializers.IntegerField(min_value=0, max_value=MOST_PLACE)


class PlaceKept(serializers.Serializer):
    place = serializers.IntegerField()
    at = serializers.DateTimeField()


def _checked(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """What was sent, if it is right."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _own_enrolment(request: Request, uid: Any) -> Enrolment:
    """One's own enrolment; to everybody else, staff too, a margin does not exist."""
    visible = Enrolment.objects.visible_to(request.user).with_outline().select_related("person")
    enrolment = get_object_or_404(visible, uid=uid)
    if not policies.can_study(request.user, enrolment):
        raise Http404
    return enrolment


class Notes(APIView):
    """The sheet of notes of one lesson; 409 answers with the text that stands, and keeps both."""

    @extend_schema(request=NoteWritten, responses={200: NoteKept, 409: NoteKept})
    def post(self, request: Request) -> Response:
        written = _checked(NoteWritten, request)
        enrolment = _own_enrolment(request, written.pop("enrolment"))
        try:
            note = write_note(enrolment=enrolment, now=now(), **written)
        except NoteChangedElsewhere as refusal:
            problem = {"code": refusal.code, "detail": str(refusal), **NoteKept(refusal.standing).data}
            return Response(problem, status=refusal.status, content_type=MEDIA_TYPE)
        return Response(NoteKept(note).data)


class Places(APIView):
    """The bookmark in one lesson."""

    @extend_schema(request=PlaceReached, responses=PlaceKept)
    def post(self, request: Request) -> Response:
        reached = _checked(PlaceReached, request)
        enrolment = _own_enrolment(request, reached.pop("enrolment"))
        return Response(PlaceKept(keep_place(enrolment=enrolment, now=now(), **reached)).data)
