"""A renewal as the page draws it: the days that bind as spans, the requirements as arches."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certificates.enums import RenewalState
from certificates.selectors.renewals import RenewalFile
from certificates.templatetags.certificates import legal_day

_PHASES = (RenewalState.EARLY, RenewalState.OPEN, RenewalState.GRACE, RenewalState.ENDED)


def days_that_bind(file: RenewalFile) -> list[dict[str, Any]]:
    """The life of the certificate, each phase one span: done, now or to come."""
    if file.rules is None or file.opens_on is None or file.grace_until is None:
        return []
    if file.state == RenewalState.RENEWED and file.next:
        return _renewed(file.certificate.issued_on, file.next.issued_on, file.next.valid_until, file.on)
    if file.state not in _PHASES:
        return []
    days = {"first": legal_day(file.opens_on), "last": legal_day(file.certificate.valid_until)}
    words = {
        RenewalState.EARLY: _("Valid from %(day)s") % {"day": legal_day(file.certificate.issued_on)},
        RenewalState.OPEN: _("Renewal from %(first)s to %(last)s") % days,
        RenewalState.GRACE: _("Reinstate by %(day)s") % {"day": legal_day(file.grace_until)},
        RenewalState.ENDED: _("Then earned anew"),
    }
    phases = [phase for phase in _PHASES if phase != RenewalState.GRACE or file.rules.rules.grace_months]
    return _spans([words[phase] for phase in phases], phases.index(file.state))


def _renewed(issued: date, begins: date, until: date, on: date) -> list[dict[str, Any]]:
    labels = [
        _("Valid from %(day)s") % {"day": legal_day(issued)},
        _("Renewed from %(day)s") % {"day": legal_day(begins)},
        _("Valid until %(day)s") % {"day": legal_day(until)},
    ]
    return _spans(labels, 1 if on >= begins else 0)


def _spans(labels: list[str], now: int) -> list[dict[str, Any]]:
    return [
        {"label": label, "state": "now" if number == now else "done" if number < now else "todo"}
        for number, label in enumerate(labels)
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
