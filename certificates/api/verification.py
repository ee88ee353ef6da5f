"""The two calls that verify: by number, and by file. Open to everybody, limited in number."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from certificates.documents.reading import LARGEST_FILE, FileTooLarge
from certificates.enums import Result
from certificates.selectors.verification import masked
from certificates.services.verifying import Answer, answer_file, answer_json, answer_lookup
from certificates.validators.folding import LONGEST_INPUT
from lms.kernel.clock import now

from .throttles import ByAddress, BySerial


class LookupSerializer(serializers.Serializer[Any]):
    """A question by number."""

    serial = serializers.CharField(max_length=LONGEST_INPUT)
    name = serializers.CharField(max_length=LONGEST_INPUT, required=False, allow_blank=True, default="")
    code = serializers.CharField(max_length=LONGEST_INPUT, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, str]) -> dict[str, str]:
        if not attrs["name"].strip() and not attrs["code"].strip():
            raise serializers.ValidationError({"code": self.error_messages["required"]})
        return attrs


class CheckSerializer(serializers.Serializer[Any]):
    """One thing that was looked at."""

    name = serializers.CharField()
    ok = serializers.BooleanField()
    detail = serializers.CharField()


class LookupAnswerSerializer(serializers.Serializer[Any]):
    """What the record says; `certificate` and `history` are empty unless the question fits."""

    result = serializers.ChoiceField(choices=Result.choices)
    reference = serializers.CharField()
    checked_at = serializers.DateTimeField()
    checks = CheckSerializer(many=True)
    certificate = serializers.DictField()
    history = serializers.ListField(child=serializers.DictField())


class FileSerializer(serializers.Serializer[Any]):
    """A certificate PDF or a credential in JSON."""

    file = serializers.FileField()
    name = serializers.CharField(max_length=LONGEST_INPUT, required=False, allow_blank=True, default="")


class FileAnswerSerializer(serializers.Serializer[Any]):
    """As `verify_credential` answers; `credential` holds only what a good signature vouches for."""

    result = serializers.ChoiceField(choices=Result.choices)
    checks = CheckSerializer(many=True)
    credential = serializers.DictField()


def printed(answer: Answer) -> dict[str, Any]:
    """The printed fields, with the name masked unless the asker knew it."""
    if answer.certificate is None:
        return {}
    payload = answer.certificate.payload
    return {
        "serial": payload["serial"],
        "name": payload["name"] if answer.knows_name else masked(payload["name"]),
        "level": payload["level"],
        "organisation": payload["organisation"],
        "scheme": payload["scheme"],
        "title": payload["title"],
        "title_en": payload["title_en"],
        "class_hours": payload["class_hours"],
        "issued_on": payload["issued_on"],
        "valid_until": payload["valid_until"],
        "specimen": payload["specimen"],
    }


def history(answer: Answer) -> list[dict[str, Any]]:
    """What happened to it, in public words."""
    if answer.certificate is None:
        return []
    return [
        {"kind": event.kind, "at": event.at, "public_reason": event.public_reason}
        for event in answer.certificate.events.all()
    ]


class OpenView(APIView):
    """Nobody signs in to verify; limits keep it usable for all."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ByAddress, BySerial)


class LookupView(OpenView):
    """Is there such a certificate, and does it count?"""

    @extend_schema(operation_id="certificates_lookup", request=LookupSerializer, responses=LookupAnswerSerializer)
    def post(self, request: Request) -> Response:
        asked = LookupSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        answer = answer_lookup(**asked.validated_data, now=now())
        checks = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in answer.checks]
        return Response(
            {
                "result": answer.result,
                "reference": answer.reference,
                "checked_at": answer.checked_at,
                "checks": checks,
                "certificate": printed(answer),
                "history": history(answer),
            },
            headers={"Cache-Control": "no-store"},
        )


class FileView(OpenView):
    """Is this file genuine, and does the certificate count?"""

    parser_classes = (MultiPartParser, FormParser, JSONParser)

    @extend_schema(
        operation_id="certificates_verify",
        request={"multipart/form-data": FileSerializer},
        responses=FileAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        sent = FileSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        if file.size > LARGEST_FILE:
            raise FileTooLarge
        answer = answer_file(content=file.read(), name=sent.validated_data["name"], now=now())
        return Response(answer_json(answer), headers={"Cache-Control": "no-store"})
