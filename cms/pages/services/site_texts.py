"""The pages that the files of the site describe, parents before children."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.foundation.models import BasePage
from cms.pages import models
from lms.cohorts.selectors.organisations import organisation_by_code

from .site_files import articles_of, body_of, paragraph, read_file

IN_MENU = frozenset({"levels", "simulations-explained", "policies", "bases", "news", "help"})
_TITLES = ("title", "title_en", "menu_title", "menu_title_en")


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as the files describe it: `key` is its path under the front door, `words` its fields."""

    key: str
    model: type[BasePage]
    words: dict[str, Any]

    @property
    def slug(self) -> str:
        """Its own part of the address."""
        return self.key.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """Key of the page it stands under; empty for the front door."""
        return self.key.rpartition("/")[0]


def page_texts(*, invented: bool) -> Iterator[PageText]:
    """Every page of the site; with `invented` also what belongs to a demonstration only."""
    lists = read_file("lists")
    yield from _levels(read_file("levels"))
    yield _page("simulations-explained", models.SimulationsPage, read_file("simulations"))
    yield _page("policies", models.PolicyIndexPage, lists["policies"])
    yield from _policies(read_file("policies"))
    yield from _bases(read_file("bases"), invented=invented)
    yield from _news(read_file("news"), invented=invented)
    yield from _help(read_file("help"))
    yield _page("glossary", models.GlossaryPage, lists["glossary"])
    yield _page("about", models.StandardPage, read_file("about"))
    yield _page("legal", models.LegalIndexPage, lists["legal"])
    for text in read_file("legal")["pages"]:
        words = {**_words(text, text["slug"]), "body": "[]", "body_en": "[]", "show_in_menus": True}
        yield PageText(f"legal/{text['slug']}", models.LegalPage, words)


def _levels(data: dict[str, Any]) -> Iterator[PageText]:
    yield _page("levels", models.LevelIndexPage, data["index"])
    for text in data["pages"]:
        yield _page(f"levels/{text['slug']}", models.LevelPage, text, level=text["level"])


def _news(data: dict[str, Any], *, invented: bool) -> Iterator[PageText]:
    yield _page("news", models.NewsIndexPage, data["index"])
    for text in data["pages"]:
        if invented or not text.get("demo"):
            yield _page(f"news/{text['slug']}", models.NewsPage, text, date=text["date"])


def _help(data: dict[str, Any]) -> Iterator[PageText]:
    yield _page("help", models.HelpIndexPage, data["index"])
    for text in data["pages"]:
        more = {"topic": text["topic"], "audience": text["audience"]}
        yield _page(f"help/{text['slug']}", models.HelpPage, text, **more)


def _bases(data: dict[str, Any], *, invented: bool) -> Iterator[PageText]:
    yield _page("bases", models.BasesIndexPage, data["index"])
    for text in data["pages"] if invented else ():
        organisation = organisation_by_code(text["organisation"])
        if organisation:
            names = ("city", "city_en", "address", "address_en", "directions", "directions_en")
            more = {name: text[name] for name in names}
            yield _page(f"bases/{text['slug']}", models.TrainingBasePage, text, organisation=organisation, **more)


def _policies(data: dict[str, Any]) -> Iterator[PageText]:
    for text in data["policies"]:
        key = f"policies/{text['slug']}"
        yield PageText(key, models.PolicyPage, _policy(text, key, data["checked_on"]))


def _policy(text: dict[str, Any], key: str, checked_on: date) -> dict[str, Any]:
    plain = ("kind", "issuer", "issuer_en", "jurisdiction", "topics", "legal_status", "evidence")
    open_ended = ("number", "number_en", "source_url")
    return {
        **{name: text[name] for name in ("title", "title_en", *plain)},
        **{name: text.get(name, "") for name in open_ended},
        "valid_from": text.get("valid_from"),
        "valid_until": text.get("valid_until"),
        "as_of": checked_on,
        "summary": paragraph(text["summary"]),
        "summary_en": paragraph(text["summary_en"]),
        "articles": articles_of(text["articles"], f"{key}/zh", ""),
        "articles_en": articles_of(text["articles"], f"{key}/en", "_en"),
    }


def _page(key: str, model: type[BasePage], text: dict[str, Any], **more: Any) -> PageText:
    return PageText(key, model, {**_words(text, key), **more})


def _words(text: dict[str, Any], key: str) -> dict[str, Any]:
    """What every page of text has; whatever stands in one language only leaves its twin empty."""
    return {
        **{name: text.get(name, "") for name in (*_TITLES, "summary", "summary_en")},
        "body": body_of(text.get("body", []), f"{key}/zh"),
        "body_en": body_of(text.get("body_en", []), f"{key}/en"),
        "show_in_menus": key in IN_MENU,
    }
