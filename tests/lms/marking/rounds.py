"""Rounds with people in them, and what they announce."""

from collections.abc import Iterator
from contextlib import contextmanager

from lms.marking.models import Outcome, Script
from lms.marking.signals import script_decided
from tests.factories.marking import FULL, make_marker, make_round, make_script, mark_script


@contextmanager
def heard() -> Iterator[list]:
    told: list = []

    def listen(*, outcome: Outcome, source: str, **rest: object) -> None:
        told.append((source, outcome.points))

    script_decided.connect(listen)
    try:
        yield told
    finally:
        script_decided.disconnect(listen)


def placed(script: Script) -> list:
    """Who holds the script, in the order of the places."""
    live = script.allocations.filter(state__in=("open", "marked")).order_by("place")
    return [each.marker.user for each in live]


def two_marked(round_, first=FULL, second=FULL) -> Script:
    script = make_script(round_)
    for user, marks in zip(placed(script), (first, second), strict=True):
        mark_script(script, user, marks)
    return script


def round_of(markers: int, **rules: object):
    round_ = make_round(**rules)
    for _number in range(markers):
        make_marker(round_)
    return round_
