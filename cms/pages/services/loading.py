"""Bringing the texts of the public site in from their files; what an editor has changed since is left alone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from wagtail.models import Page, Site

from cms.foundation.models import BasePage, OperatorSettings
from cms.foundation.services.editing import set_up_editing
from cms.pages.models import GlossaryTerm, Jurisdiction, LegalPage, LegalVersion, PolicyTopic
from courses.services.loading import catalogue_page
from lms.kernel.demo import is_demo

from .keeping import Books, Standing
from .site_files import body_of, link_pages, read_file
from .site_texts import PageText, page_texts

LINKED = ("body", "body_en", "directions", "directions_en")


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
    _load_versions(done)
    set_up_editing(home=home)
    if demo:
        _name_operator(home)
    return done


def _load_words(books: Books, done: SiteLoaded, now: datetime) -> None:
    """Jurisdictions, topics and glossary terms: rows that have no page of their own."""
    library, glossary = read_file("policies"), read_file("glossary")
    for model, kind in ((Jurisdiction, "jurisdictions"), (PolicyTopic, "topics")):
        for order, words in enumerate(library[kind]):
            there = model.objects.filter(code=words["code"]).first()
            _load_row(f"{kind}/{words['code']}", there or model(), {**words, "order": order}, books, done, now)
    for term in glossary["terms"]:
        there = GlossaryTerm.objects.filter(term=term["zh"]).first()
        words = _term_words(term, glossary["sources"])
        _load_row(f"glossary/{term['zh']}", there or GlossaryTerm(), words, books, done, now)


def _term_words(term: dict[str, str], sources: dict[str, dict[str, str]]) -> dict[str, str]:
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


def _load_row(
    key: str, row: models.Model, words: dict[str, Any], books: Books, done: SiteLoaded, now: datetime
) -> None:
    standing = books.standing_of(key, words, row if row.pk else None)
    done.note(key, standing)
    if standing in (Standing.SAME, Standing.EDITED):
        return
    _set(row, words)
    row.full_clean()
    row.save()
    books.note(key, words, row, now)


def _load_pages(home: Page, texts: list[PageText], books: Books, done: SiteLoaded, now: datetime) -> None:
    """First every page that is new, without its text, so that texts may link to each other; then the texts."""
    there: dict[str, Page] = {"": home}
    to_write: list[tuple[PageText, Page]] = []
    for text in texts:
        parent = there.get(text.parent)
        if parent is None:  # an editor has taken the page away that it belongs under
            done.note(text.key, Standing.EDITED)
            continue
        page = text.model.objects.child_of(parent).filter(slug=text.slug).first()
        standing = books.standing_of(text.key, text.words, page)
        done.note(text.key, standing)
        if page is None and standing == Standing.NEW:
            page = _plant(parent, text)
        if page is not None:
            there[text.key] = page
        if page is not None and standing in (Standing.NEW, Standing.CHANGED):
            to_write.append((text, page))
    addresses = {f"/{key}/": page.pk for key, page in there.items() if key}
    for text, page in to_write:
        _write(page, text.words, addresses)
        books.note(text.key, text.words, type(page)._default_manager.get(pk=page.pk), now)  # noqa: SLF001 -- public in Django


def _plant(parent: Page, text: PageText) -> BasePage:
    """A page in its place, not yet to be seen."""
    page = text.model(slug=text.slug, live=False)
    _set(page, {name: value for name, value in text.words.items() if name not in LINKED})
    parent.refresh_from_db(fields=("numchild",))
    return parent.add_child(instance=page)


def _write(page: BasePage, words: dict[str, Any], addresses: dict[str, int]) -> None:
    linked = {name: link_pages(value, addresses) for name, value in words.items() if name in LINKED}
    _set(page, {**words, **linked})
    page.full_clean()
    page.save_revision().publish()


def _set(thing: models.Model, words: dict[str, Any]) -> None:
    """Write the fields; jurisdiction and topics stand in the files by their codes."""
    for name, value in words.items():
        if name == "jurisdiction":
            thing.jurisdiction = Jurisdiction.objects.get(code=value)
        elif name == "topics":
            thing.topics.set(PolicyTopic.objects.filter(code__in=value))
        else:
            setattr(thing, name, value)


def _load_catalogue(books: Books, done: SiteLoaded, now: datetime) -> None:
    """The list of courses, which the courses themselves make when the first is loaded."""
    page, words = catalogue_page(), {**read_file("lists")["courses"], "show_in_menus": True}
    standing = books.standing_of("courses", words, page)
    done.note("courses", standing)
    if standing in (Standing.NEW, Standing.CHANGED):
        _write(page, words, {})
        books.note("courses", words, catalogue_page(), now)


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
