"""The policy library, by jurisdiction, topic and the day on which a text has to be in force."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.pages.models import Jurisdiction, PolicyIndexPage, PolicyPage, PolicyTopic

PER_PAGE = 20
_CODE = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the library; what cannot be read is not asked."""

    jurisdiction: str = ""
    topic: str = ""
    on: date | None = None

    @classmethod
    def by(cls, query: QueryDict) -> "Asked":
        """What stands in `?jurisdiction=…&topic=…&on=2026-11-22`."""
        return cls(_code(query.get("jurisdiction", "")), _code(query.get("topic", "")), _day(query.get("on", "")))

    @property
    def query(self) -> str:
        """The same as an address says it."""
        said = {"jurisdiction": self.jurisdiction, "topic": self.topic, "on": self.on.isoformat() if self.on else ""}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the texts that were asked for, and the filters as they stand."""

    policies: Page[PolicyPage]
    asked: Asked
    fields: list[dict[str, Any]]
    undated: int


def policy_library(index: PolicyIndexPage, query: QueryDict) -> Library:
    """The texts that an address asks for, in four queries whatever their number, and one more for a day."""
    asked = Asked.by(query)
    about = _about(index, asked)
    policies = _in_force(about, asked.on) if asked.on else about
    ordered = policies.select_related("jurisdiction").prefetch_related("topics").order_by("jurisdiction", "title")
    return Library(
        policies=Paginator(ordered.defer("articles", "articles_en"), PER_PAGE).get_page(query.get("page", 1)),
        asked=asked,
        fields=_fields(asked),
        undated=about.filter(valid_from=None).count() if asked.on else 0,
    )


def _about(index: PolicyIndexPage, asked: Asked) -> QuerySet[PolicyPage]:
    found = PolicyPage.objects.child_of(index).live()
    if asked.jurisdiction:
        found = found.filter(jurisdiction__code=asked.jurisdiction)
    return found.filter(topics__code=asked.topic) if asked.topic else found


def _in_force(policies: QuerySet[PolicyPage], on: date) -> QuerySet[PolicyPage]:
    return policies.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


def _code(text: str) -> str:
    """A code as the library writes them; anything else, and what no database takes, is not asked."""
    return text if _CODE.fullmatch(text) else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # a day that no calendar has, 2026-02-30
        return None


def _fields(asked: Asked) -> list[dict[str, Any]]:
    """The filters as the component shows them (one query for the words of both)."""
    words = _words(Jurisdiction).union(_words(PolicyTopic), all=True).order_by("of", "order", "code")
    options: dict[str, list[dict[str, str]]] = {"jurisdiction": [], "policytopic": []}
    for of, _order, code, name in words:
        options[of].append({"value": code, "label": name})
    on = asked.on.isoformat() if asked.on else ""
    return [
        _select("jurisdiction", _("Jurisdiction"), asked.jurisdiction, _("all of them"), options["jurisdiction"]),
        _select("topic", _("Topic"), asked.topic, _("every topic"), options["policytopic"]),
        {"name": "on", "label": _("In force on"), "kind": "date", "value": on},
    ]


def _words(model: type[Jurisdiction | PolicyTopic]) -> QuerySet[Any, Any]:
    """Every word of one kind in the language now active, marked with its kind."""
    of = Value(model.__name__.lower(), output_field=CharField())
    name = F("name_en" if get_language() == "en" else "name")
    return model.objects.annotate(of=of, word=name).order_by().values_list("of", "order", "code", "word")


def _select(name: str, label: str, value: str, everything: str, options: list[dict[str, str]]) -> dict[str, Any]:
    every = {"value": "", "label": everything}
    return {"name": name, "label": label, "kind": "select", "value": value, "options": [every, *options]}
