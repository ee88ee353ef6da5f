"""Bringing the texts of the public site in from their files; what an editor has changed since is left alone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from wagtail.models import Page, Site

from cms.foundation.models import BasePage, OperatorSettings
from cms.foundation.services.editing import set_up_editing
from cms.foundation.services.menus import drop_menus
from cms.foundation.services.visitors import drop_pages
from cms.pages.models import GlossaryTerm, Jurisdiction, LegalPage, LegalVersion, PolicyTopic
from courses.services.loading import catalogue_page
from lms.kernel.demo import is_demo

from .keeping import Books, Standing
from .site_files import body_of, link_pages, read_file
from .site_texts import PageText, page_texts

LINKED = ("body", "body_en", "directions", "directions_en")
WRITTEN = (Standing.NEW, Standing.CHANGED)


@dataclass(slots=True)
class SiteLoaded:
    """What loading did, by the keys of the texts."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)

    def note(self, key: str, standing: Standing) -> None:
        """Put a text under what was done with it."""
        heap = {Standing.SAME: self.unchanged, Standing.EDITED: self.edited}.get(standing, self.written)
        heap.append(key)


@transaction.atomic
def load_site(*, now: datetime) -> SiteLoaded:
    """Bring every page, term and legal text to what the files say, and make sure that editors can work.

    Loading again changes nothing. A text that an editor has changed, unpublished or deleted stays as it is.
    Pages of invented bases and people come to a demonstration only.
    """
    books, done, demo = Books(), SiteLoaded(), is_demo()
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    _load_words(books, done, now)
    _load_pages(home, list(page_texts(invented=demo)), books, done, now)
    _load_catalogue(books, done, now)
    books.close()
    _load_versions(done)
    set_up_editing(home=home)
    if demo:
        _name_operator(home)
    drop_menus()
    drop_pages()
    return done


def _load_words(books: Books, done: SiteLoaded, now: datetime) -> None:
    """Jurisdictions, topics and glossary terms: rows that have no page of their own."""
    library, glossary = read_file("policies"), read_file("glossary")
    kinds: list[tuple[type[models.Model], str, str, list[dict[str, Any]]]] = [
        (Jurisdiction, "jurisdictions", "code", [_ordered(*row) for row in enumerate(library["jurisdictions"])]),
        (PolicyTopic, "topics", "code", [_ordered(*row) for row in enumerate(library["topics"])]),
        (GlossaryTerm, "glossary", "term", [_term(term, glossary["sources"]) for term in glossary["terms"]]),
    ]
    for model, kind, name, rows in kinds:
        there = {getattr(row, name): row for row in model._default_manager.all()}  # noqa: SLF001 -- public in Django
        for words in rows:
            key, row = f"{kind}/{words[name]}", there.get(words[name])
            standing = books.standing_of(key, words, row)
            done.note(key, standing)
            if standing in WRITTEN:
                row = row or model()
                _set(row, words)
                row.full_clean()
                row.save()
                books.note(key, words, row, now)


def _ordered(order: int, words: dict[str, Any]) -> dict[str, Any]:
    return {**words, "order": order}


def _term(term: dict[str, str], sources: dict[str, dict[str, str]]) -> dict[str, Any]:
    source = sources[term["source"]]
    return {
        "term": term["zh"],
        "term_en": term["en"],
        "pinyin": term["pinyin"],
        "definition": term["definition"],
        "definition_en": term["definition_en"],
        "source": " ".join(filter(None, (source["zh"], term.get("ref")))),
        "source_en": ", ".join(filter(None, (source["en"], term.get("ref_en")))),
    }


def _load_pages(home: Page, texts: list[PageText], books: Books, done: SiteLoaded, now: datetime) -> None:
    """First every page that is new; then, as all of them are there, the links from one to another."""
    there: dict[str, Page] = {"": home}
    to_write: list[tuple[PageText, Page, Standing]] = []
    for text in texts:
        parent = there.get(text.parent)
        page = text.model.objects.child_of(parent).filter(slug=text.slug).first() if parent else None
        standing = books.standing_of(text.key, text.words, page) if parent else Standing.EDITED
        done.note(text.key, standing)
        if parent and page is None and standing == Standing.NEW:
            page = _plant(parent, text, now)
        if page:
            there[text.key] = page
            to_write += [(text, page, standing)] if standing in WRITTEN else []
    addresses = {f"/{key}/": page.pk for key, page in there.items() if key}
    for text, page, standing in to_write:
        _write(page, text.words, addresses, again=standing == Standing.CHANGED)
        books.note(text.key, text.words, page, now)


def _plant(parent: Page, text: PageText, now: datetime) -> BasePage:
    """A new page in its place."""
    page = text.model(slug=text.slug, first_published_at=now, last_published_at=now)
    _set(page, text.words)
    parent.refresh_from_db(fields=("numchild",))
    return parent.add_child(instance=page)


def _write(page: BasePage, words: dict[str, Any], addresses: dict[str, int], *, again: bool) -> None:
    """Turn addresses into links, and publish what is there once more where its words have changed."""
    linked = {name: link_pages(value, addresses) for name, value in words.items() if name in LINKED}
    if again:
        _set(page, {**words, **linked})
        page.save_revision().publish()
        page.refresh_from_db()
    elif any(linked[name] != words[name] for name in linked):
        _set(page, linked)
        page.save()


def _set(thing: models.Model, words: dict[str, Any]) -> None:
    """Write the fields; jurisdiction and topics stand in the files by their codes."""
    for name, value in words.items():
        if name == "jurisdiction":
            thing.jurisdiction = Jurisdiction.objects.get(code=value)  # type: ignore[attr-defined]
        elif name == "topics":
            thing.topics.set(PolicyTopic.objects.filter(code__in=value))  # type: ignore[attr-defined]
        else:
            setattr(thing, name, value)


def _load_catalogue(books: Books, done: SiteLoaded, now: datetime) -> None:
    """The list of courses, which the courses themselves make when the first is loaded."""
    page, words = catalogue_page(), {**read_file("lists")["courses"], "show_in_menus": True}
    standing = books.standing_of("courses", words, page)
    done.note("courses", standing)
    if standing in WRITTEN:
        _write(page, words, {}, again=True)
        books.note("courses", words, page, now)
    if standing == Standing.NEW:
        _put_after_levels(page)


def _put_after_levels(page: Page) -> None:
    """In the menu, what a level asks for comes before the courses that lead to it."""
    levels = page.get_siblings(inclusive=False).filter(slug="levels").first()
    if levels:
        page.move(levels, pos="right")


def _load_versions(done: SiteLoaded) -> None:
    """Versions of the legal texts; one that is there is never changed."""
    for text in read_file("legal")["pages"]:
        page = LegalPage.objects.filter(slug=text["slug"]).first()
        if page is None:
            continue
        key = f"legal/{text['slug']}/{text['number']}"
        _version, created = LegalVersion.objects.get_or_create(
            page=page,
            number=text["number"],
            defaults={
                **{name: text[name] for name in ("valid_from", "changes", "changes_en")},
                "body": body_of(text["body"], f"{key}/zh"),
                "body_en": body_of(text["body_en"], f"{key}/en"),
            },
        )
        done.note(key, Standing.NEW if created else Standing.SAME)


def _name_operator(home: Page) -> None:
    """Name an operator that says of itself that it is invented, where none is named."""
    site = Site.objects.get(root_page=home, is_default_site=True)
    operator, _created = OperatorSettings.objects.get_or_create(site=site)
    if not operator.name:
        _set(operator, read_file("operator"))
        operator.save()
