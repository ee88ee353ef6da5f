"""Who owns a text: the files of the site, until an editor lays hand on it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models
from wagtail.models import Page

from cms.foundation.models.twins import digest_of
from cms.pages.models import LoadedText

from .site_files import digest_of_file


class Standing(StrEnum):
    """What loading a text would mean."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    EDITED = "edited"


class Books:
    """Which texts were loaded and what stood there then: one query to open them, one to close."""

    def __init__(self) -> None:
        self._rows = {row.key: row for row in LoadedText.objects.all()}
        self._noted: list[LoadedText] = []

    def standing_of(self, key: str, words: dict[str, Any], there: models.Model | None) -> Standing:
        """Whether the files may write this text, and whether they have something new to say."""
        row = self._rows.get(key)
        if row is None:
            return Standing.NEW if there is None or _nobody_touched(there) else Standing.EDITED
        if there is None or _drafted(there) or row.as_loaded != _digest(there, words):
            return Standing.EDITED
        return Standing.SAME if row.of_file == digest_of_file(words) else Standing.CHANGED

    def note(self, key: str, words: dict[str, Any], written: models.Model, now: datetime) -> None:
        """Remember what the file said and what then stood there."""
        digests = {"of_file": digest_of_file(words), "as_loaded": _digest(written, words)}
        self._noted.append(LoadedText(key=key, loaded_at=now, **digests))

    def close(self) -> None:
        """Write down what was noted."""
        LoadedText.objects.bulk_create(
            self._noted,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["of_file", "as_loaded", "loaded_at"],
        )


def _digest(thing: models.Model, words: dict[str, Any]) -> str:
    return digest_of(thing, sorted(words))


def _nobody_touched(thing: models.Model) -> bool:
    """A page that only the house itself has made, such as the list of courses."""
    return isinstance(thing, Page) and not thing.revisions.filter(user__isnull=False).exists()


def _drafted(thing: models.Model) -> bool:
    """A page that an editor has a draft of, or has taken off the site."""
    return isinstance(thing, Page) and (thing.has_unpublished_changes or not thing.live)
