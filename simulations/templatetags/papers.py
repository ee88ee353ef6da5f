"""Marked papers, shown apart from the automatic score."""

from typing import Any

from django import template

from simulations.models import Attempt
from simulations.selectors.papers import papers_of

register = template.Library()


@register.inclusion_tag("simulations/parts/marked_papers.html")
def marked_papers(attempt: Attempt) -> dict[str, Any]:
    """What was written in an attempt, and what two people made of it."""
    return {"papers": papers_of(attempt)}
