"""Legal texts in their versions: the one in force, and the old ones as they were."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from cms.pages.models import LegalIndexPage, LegalPage, LegalVersion
from lms.kernel.beijing import BEIJING


@dataclass(frozen=True, slots=True)
class LegalText:
    """The version that is shown, the one in force, and all others."""

    shown: LegalVersion | None
    current: LegalVersion | None
    versions: list[dict[str, Any]]

    @property
    def is_current(self) -> bool:
        """Whether the reader has what is in force before them."""
        return self.shown is not None and self.shown == self.current


def legal_text(page: LegalPage, number: str, now: datetime) -> LegalText | None:
    """The version `number` of a legal text, without a number the one in force (one query); None if it has none such."""
    versions = list(LegalVersion.objects.filter(page=page).order_by("-number"))
    today = localdate(now, BEIJING)
    current = next((each for each in sorted(versions, key=_age, reverse=True) if each.valid_from <= today), None)
    shown = current if not number else next((each for each in versions if str(each.number) == number), None)
    if number and shown is None:
        return None
    return LegalText(shown, current, [_entry(each, shown, current) for each in versions])


def legal_texts(index: LegalIndexPage) -> list[LegalPage]:
    """The legal texts of the site, in the order of the tree (one query)."""
    return list(LegalPage.objects.child_of(index).live().order_by("path").defer("body", "body_en"))


def _age(version: LegalVersion) -> tuple[date, int]:
    return version.valid_from, version.number


def _entry(version: LegalVersion, shown: LegalVersion | None, current: LegalVersion | None) -> dict[str, Any]:
    return {
        "number": version.number,
        "valid_from": version.valid_from,
        "changed": version.changes_here,
        "url": f"?version={version.number}",
        "current": version == current,
        "shown": version == shown,
    }
