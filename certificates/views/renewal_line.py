"""A renewal as the page draws it: the days that bind as spans, the requirements as arches."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certificates.enums import RenewalState
from certificates.selectors.renewals import RenewalFile
from certificates.templatetags.certificates import legal_day


def days_that_bind(file: RenewalFile) -> list[dict[str, Any]]:
    """From the first day of validity to the last of grace, each one span: done, now or to come."""
    certificate = file.certificate
    if file.opens_on is None or file.grace_until is None:
        return []
    if file.state == RenewalState.RENEWED and file.next:
        begins, until = file.next.issued_on, file.next.valid_until
        return _spans(
            [
                (certificate.issued_on, _("Valid from %(day)s")),
                (file.opens_on, _("Renewal open from %(day)s")),
                (begins, _("Renewed from %(day)s")),
                (until, _("Valid until %(day)s")),
            ],
            file.on,
        )
    return _spans(
        [
            (certificate.issued_on, _("Valid from %(day)s")),
            (file.opens_on, _("Renewal open from %(day)s")),
            (certificate.valid_until, _("Last valid day %(day)s")),
            (file.grace_until, _("Reinstatement until %(day)s")),
        ],
        file.on,
    )


def _spans(days: list[tuple[date, str]], on: date) -> list[dict[str, Any]]:
    passed = sum(day <= on for day, _words in days)
    states = ["done"] * max(0, passed - 1) + (["now"] if passed else [])
    states += ["todo"] * (len(days) - len(states))
    return [
        {"label": words % {"day": legal_day(day)}, "state": state}
        for (day, words), state in zip(days, states, strict=True)
    ]


def arches(file: RenewalFile) -> list[dict[str, Any]]:
    """Every requirement as an arch that fills."""
    leaves = file.standing.leaves() if file.standing else ()
    return [
        {
            "label": leaf.label,
            "percent": 100 if leaf.met else max(0, min(99, int(leaf.reached * 100 / leaf.required))),
            "done": leaf.met,
        }
        for leaf in leaves
    ]
