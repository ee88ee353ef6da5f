"""Questions that people ask, by topic and by who asks."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.pages.enums import HelpAudience, HelpTopic
from cms.pages.models import HelpIndexPage, HelpPage

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one topic."""

    code: str
    label: str
    questions: list[HelpPage]


@dataclass(frozen=True, slots=True)
class HelpDesk:
    """One page of the questions that were asked for, by topic, and the filters as they stand."""

    page: Page[HelpPage]
    topics: list[Topic]
    fields: list[dict[str, Any]]
    query: str


def help_desk(index: HelpIndexPage, query: QueryDict) -> HelpDesk:
    """The questions that an address asks for, in two queries whatever their number."""
    audience, topic = query.get("audience", ""), query.get("topic", "")
    found = HelpPage.objects.child_of(index).live()
    if audience in HelpAudience.values:
        found = found.filter(audience__in={audience, HelpAudience.EVERYBODY})
    if topic in HelpTopic.values:
        found = found.filter(topic=topic)
    page = Paginator(found.order_by(_in_order(), "path").defer("body", "body_en"), PER_PAGE).get_page(
        query.get("page", 1)
    )
    said = {name: value for name, value in (("audience", audience), ("topic", topic)) if value}
    return HelpDesk(page, _by_topic(list(page)), _fields(audience, topic), urlencode(said))


def _in_order() -> Case:
    """Topics in the order in which they are written down, not by the alphabet."""
    cases = (When(topic=value, then=Value(place)) for place, value in enumerate(HelpTopic.values))
    return Case(*cases, output_field=IntegerField())


def _by_topic(questions: list[HelpPage]) -> list[Topic]:
    return [
        Topic(code, str(HelpTopic(code).label), list(group))
        for code, group in groupby(questions, key=lambda question: question.topic)
    ]


def _fields(audience: str, topic: str) -> list[dict[str, Any]]:
    return [
        _select("audience", _("I am"), audience, HelpAudience.choices),
        _select("topic", _("Topic"), topic, [("", _("every topic")), *HelpTopic.choices]),
    ]


def _select(name: str, label: str, value: str, choices: Any) -> dict[str, Any]:
    options = [{"value": code, "label": said} for code, said in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}
