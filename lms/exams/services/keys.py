"""Keys by the hash that a result names them by, so that every marking can be done again; and corrected ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.exams.models import QuestionVersion
from lms.exams.models.key import AnswerKey
from lms.exams.services.fingerprint import fingerprint

FIELDS = ("accepted", "explanation", "explanation_en", "source")


@dataclass(frozen=True, slots=True)
class KeyText:
    """A key as it marks and is explained; its hash is that of the row which it is or would be."""

    accepted: dict[str, Any]
    explanation: str
    explanation_en: str
    source: str

    @property
    def content_hash(self) -> str:
        return fingerprint({name: getattr(self, name) for name in FIELDS})


def _text(row: AnswerKey) -> KeyText:
    return KeyText(row.accepted, row.explanation, row.explanation_en, row.source)


class KeyRing:
    """Keys by question version and hash; each is read once, however many papers are marked with it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], KeyText] = {}

    def add(self, version_id: int, key: KeyText) -> None:
        """Hang up a key that is in no table yet, for a dry run."""
        self._kept[version_id, key.content_hash] = key

    def pick(self, wanted: Mapping[int, str]) -> dict[int, KeyText]:
        """The key of each version by its hash; `KeyError` for one that was never there."""
        missing = {version for version, key_hash in wanted.items() if (version, key_hash) not in self._kept}
        if missing:
            for row in AnswerKey.objects.filter(version__in=missing):
                self._kept[row.version_id, row.content_hash] = _text(row)
        return {version: self._kept[version, key_hash] for version, key_hash in wanted.items()}


def key_in_force(version: QuestionVersion) -> KeyText:
    """The key that marks this version now."""
    return _text(AnswerKey.objects.filter(version=version).order_by("-no")[0])


@transaction.atomic
def put_in_force(*, version: QuestionVersion, key: KeyText, now: datetime) -> None:
    """Write a corrected key; what was marked by earlier ones keeps naming them."""
    held = QuestionVersion.objects.select_for_update().get(pk=version.pk)
    newest = AnswerKey.objects.filter(version=held).order_by("-no").first()
    if newest and newest.content_hash == key.content_hash:
        return
    AnswerKey.objects.create(
        version=held,
        no=newest.no + 1 if newest else 1,
        content_hash=key.content_hash,
        created_at=now,
        **{name: getattr(key, name) for name in FIELDS},
    )
