"""Levels of readiness, from a principle to years of use, and the evidence that each demands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Level:
    """One of nine: what has been shown, and what must lie on the table to believe it."""

    number: int
    meaning: str | Promise
    evidence: str | Promise


LEVELS = [
    Level(1, _("A principle has been seen and reported"), _("a paper, pages of a laboratory book")),
    Level(2, _("It is said what it could be used for, and how"), _("a concept note, first patent claims")),
    Level(3, _("The key function works in an experiment"), _("a data set, a proof of principle")),
    Level(4, _("A bench sample works in the laboratory"), _("a bench report")),
    Level(5, _("A part works where conditions are like those of use"), _("a test by a third party")),
    Level(6, _("A whole prototype works in like conditions"), _("a pilot run, samples with a customer")),
    Level(7, _("A prototype works at the place of use"), _("a trial on site, a small batch")),
    Level(8, _("The product is finished and qualified"), _("a certificate, yields of production")),
    Level(9, _("It has proved itself in daily use"), _("sales, a history from the field")),
]
