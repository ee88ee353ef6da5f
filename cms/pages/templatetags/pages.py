"""Template tags of the public pages: each asks one selector."""

from typing import Any

from django import template
from django.http import Http404, HttpRequest

from cms.pages.enums import Place
from cms.pages.models import (
    BasesIndexPage,
    HelpIndexPage,
    LegalIndexPage,
    LegalPage,
    NewsIndexPage,
    NewsPage,
    PolicyIndexPage,
    TrainingBasePage,
)
from cms.pages.selectors import bases, glossary, legal, levels, news, places, policies, questions, requirements
from courses.selectors.catalogue import LEVEL_LABELS, courses_of_level
from lms.kernel.clock import now
from lms.kernel.levels import LevelCode
from simulations.selectors.scenarios import PublicCase, public_cases

register = template.Library()


def _request(context: template.Context) -> HttpRequest:
    request: HttpRequest = context["request"]
    return request


@register.simple_tag
def levels_now() -> levels.LevelsInForce:
    """The levels of the scheme in force today."""
    return levels.levels_in_force(now())


@register.simple_tag
def level_pages() -> dict[str, Any]:
    """The page of each level that has one, by its code."""
    return levels.pages_by_level()


@register.filter
def at(things: dict[str, Any], name: str) -> Any:
    """The thing of this name, or nothing."""
    return things.get(name)


@register.simple_tag
def requirement_map(code: str) -> requirements.RequirementMap | None:
    """What a level asks for today, rule by rule."""
    return requirements.requirement_map(code, now())


@register.simple_tag
def level_courses(code: str) -> list[Any]:
    """The courses that lead to a level."""
    return courses_of_level(code)


@register.filter
def level_label(code: str) -> str:
    """A level in words, whatever the scheme calls it."""
    return str(LEVEL_LABELS[LevelCode(code)])


@register.simple_tag
def cases() -> list[PublicCase]:
    """The deal cases on offer."""
    return public_cases()


@register.simple_tag(takes_context=True)
def news_list(context: template.Context, index: NewsIndexPage) -> Any:
    """One page of news, by `?page=`."""
    return news.news_under(index, _request(context).GET.get("page", 1))


@register.simple_tag
def latest_news() -> list[NewsPage]:
    """The newest news."""
    return news.latest_news()


@register.simple_tag(takes_context=True)
def policy_library(context: template.Context, index: PolicyIndexPage) -> policies.Library:
    """The texts that the address asks for."""
    return policies.policy_library(index, _request(context).GET)


@register.simple_tag(takes_context=True)
def help_desk(context: template.Context, index: HelpIndexPage) -> questions.HelpDesk:
    """The questions that the address asks for."""
    return questions.help_desk(index, _request(context).GET)


@register.simple_tag(takes_context=True)
def glossary_terms(context: template.Context) -> glossary.Glossary:
    """The terms that the address asks for."""
    asked = _request(context).GET
    return glossary.glossary(asked.get("letter", ""), asked.get("page", 1))


@register.simple_tag(takes_context=True)
def bases_list(context: template.Context, index: BasesIndexPage) -> bases.Bases:
    """One page of training bases, by `?page=`."""
    return bases.bases_under(index, _request(context).GET.get("page", 1), now())


@register.simple_tag
def base_offers(page: TrainingBasePage) -> bases.Base:
    """What a training base offers now."""
    return bases.base_of(page, now())


@register.simple_tag
def legal_list(index: LegalIndexPage) -> list[LegalPage]:
    """The legal texts of the site."""
    return legal.legal_texts(index)


@register.simple_tag(takes_context=True)
def legal_text(context: template.Context, page: LegalPage) -> legal.LegalText:
    """The version that the address asks for; an address of a version that never was is no page."""
    text = legal.legal_text(page, _request(context).GET.get("version", ""), now())
    if text is None:
        raise Http404
    return text


@register.simple_tag(takes_context=True)
def open_places(context: template.Context) -> dict[str, str]:
    """The places that exist, with their addresses, by what an editor calls them."""
    return places.open_places(_request(context))


@register.simple_tag
def place_url(place: str) -> str:
    """Where a button that an editor has set leads; a place of this page itself is an anchor."""
    return places.address_of(Place(place))
