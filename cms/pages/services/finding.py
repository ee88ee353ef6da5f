"""What of the site's own page types a visitor can find, where that is more than everything the page says twice."""

from django.utils.timezone import localdate

from cms.foundation.enums import PublicKind
from cms.foundation.services.public_texts import Passage, passage_of, passages_of, write_public_texts
from cms.pages.models import GlossaryPage, GlossaryTerm, HelpPage, LegalPage, NewsPage, PolicyPage
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now


@passages_of.register
def passages_of_policy(page: PolicyPage) -> list[Passage]:
    """A law with its jurisdiction, its topics and the day from which it holds."""
    place = page.jurisdiction
    return [
        passage_of(
            page,
            *page.topics.all(),
            kind=PublicKind.POLICY,
            about=place.name,
            about_en=place.name_en,
            day=page.valid_from,
        )
    ]


@passages_of.register
def passages_of_news(page: NewsPage) -> list[Passage]:
    """A piece of news with its day."""
    return [passage_of(page, kind=PublicKind.NEWS, day=page.date)]


@passages_of.register
def passages_of_help(page: HelpPage) -> list[Passage]:
    """A question that people ask."""
    return [passage_of(page, kind=PublicKind.HELP)]


@passages_of.register
def passages_of_legal_text(page: LegalPage) -> list[Passage]:
    """A legal text as it holds today; older versions stay readable on its page and are not looked through."""
    version = page.versions.valid_on(localdate(now(), BEIJING)).first()
    return [passage_of(page, *([version] if version else []))]


@passages_of.register
def passages_of_glossary(page: GlossaryPage) -> list[Passage]:
    """The glossary itself, and each of its terms under its letter."""
    return [passage_of(page), *(_term(term) for term in GlossaryTerm.objects.all())]


def write_glossary() -> None:
    """A term came, changed or went."""
    for page in GlossaryPage.objects.live():
        write_public_texts(page=page)


def _term(term: GlossaryTerm) -> Passage:
    return Passage(
        kind=PublicKind.TERM,
        place=f"?letter={term.letter}#{term.anchor}",
        title=term.term,
        title_en=term.term_en,
        text=f"{term.definition} {term.source}".strip(),
        text_en=f"{term.definition_en} {term.source_en}".strip(),
    )
