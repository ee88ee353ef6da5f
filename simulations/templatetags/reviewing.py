"""Template tags of reviews: what people said about an attempt and corrected, and words of a score."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import Form

from lms.kernel.clock import now
from simulations.models import Attempt
from simulations.selectors.replaying import lines_of
from simulations.selectors.reviews import appeals_of, comments_on, names_of, runs_of, term_against
from simulations.selectors.scenarios import engine_language

register = template.Library()


@register.simple_tag
def said(text: Mapping[str, str]) -> str:
    """A text that is kept in both languages, in the reader's."""
    return text[engine_language()]


@register.simple_tag
def name_in(names: Mapping[str, str], key: str) -> str:
    """What `key` is called in a table of names; itself where it has none."""
    return names.get(key, key)


@register.filter
def first_fault(form: Form) -> str:
    """The first thing that is wrong with a form, in words."""
    return str(next(iter(form.errors.values()))[0]) if form.errors else ""


@register.inclusion_tag("simulations/parts/said.html")
def what_people_said(attempt: Attempt, *, mine: bool = False) -> dict[str, Any]:
    """The debrief's part about people: comments at moments, every score with its cause, and the appeal."""
    comments, runs = comments_on(attempt), runs_of(attempt)
    lines = lines_of(attempt) if comments else {}
    appeals = list(appeals_of(attempt)) if mine else []
    return {
        "attempt": attempt,
        "mine": mine,
        "comments": [{"comment": each, "line": lines.get(each.event_seq)} for each in comments],
        "names": names_of([each.by for each in comments]),
        "runs": [{"run": run, "reason": _reason(run)} for run in runs] if len(runs) > 1 else [],
        "appeals": appeals,
        "term": term_against(runs[-1], appeals, now()) if mine and runs else None,
    }


def _reason(run: Any) -> str:
    cause = run.override or run.rescore
    return cause.reason if cause else ""
