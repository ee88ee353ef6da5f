"""An annual activity return as a paper: what was handed in, word for word."""

from datetime import date
from typing import TYPE_CHECKING

from lms.credits.enums import PaperKind
from lms.kernel.beijing import BEIJING

from .papers import Json, common

if TYPE_CHECKING:
    from lms.credits.models import AnnualReturn


def return_payload(annual: "AnnualReturn", *, language: str, on: date) -> Json:
    """Everything that the return prints; only one that was handed in is printed."""
    submitted = annual.submitted_at
    home = annual.organisation
    return {
        **common(annual.person, PaperKind.ANNUAL_RETURN, language, on),
        "organisation": {"name": home.name, "name_en": home.name_en},
        "year": annual.year,
        "return": annual.data,
        "handed_in_on": submitted.astimezone(BEIJING).date().isoformat() if submitted else "",
        "lines": [],
    }
