"""The statement of credits: every line with what it rests on, or those of one year."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from lms.credits.enums import CreditKind, PaperKind
from lms.credits.selectors.papers import lines_for_paper, rule_name
from lms.credits.selectors.rules import table_for
from lms.credits.selectors.stars import grade
from lms.credits.selectors.totals import balance, counting

from .papers import Json, common

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.credits.models import CreditLine


def statement_payload(person: "Person", *, language: str, on: date, year: int | None = None) -> Json:
    """Everything that the statement prints; two people who read it later read the same."""
    with translation.override(language):
        lines = [_line(line) for line in lines_for_paper(person.pk, year)]
        whole, counts = balance(person.pk), counting(person.pk, on)
        stars = grade(table_for(organisation_id=None, on=on), counts.total)
        sums, still = whole.by_kind, counts.by_kind
        kinds = [
            {
                "label": str(kind.label),
                "points": f"{sums[kind.value]:.2f}",
                "counts": f"{still.get(kind.value, 0):.2f}",
            }
            for kind in CreditKind
            if kind.value in sums
        ]
    return {
        **common(person, PaperKind.STATEMENT, language, on),
        "year": year,
        "lines": lines,
        "kinds": kinds,
        "total": f"{whole.total:.2f}",
        "counts": f"{counts.total:.2f}",
        "stars": stars.stars,
        "stars_of": stars.highest,
        "all_lines": whole.lines,
    }


def _line(line: "CreditLine") -> Json:
    reversed_by = getattr(line, "reversed_by", None)
    return {
        "seq": line.seq,
        "on": line.occurred_on.isoformat(),
        "kind": str(line.get_kind_display()),
        "rule": rule_name(line.rule_version, line.rule),
        "version": line.rule_version,
        "words": line.words,
        "erased": line.erased,
        "organisation": line.organisation.local_name,
        "verification": str(line.get_verification_display()),
        "points": f"{line.points:.2f}",
        "until": line.valid_to.isoformat() if line.valid_to else "",
        "takes_back": line.reversal_of.seq if line.reversal_of else None,
        "taken_back_by": reversed_by.seq if reversed_by else None,
    }
