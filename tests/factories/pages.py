"""Pages of the public site, each in its place under the front door, live and with both languages filled in."""

from datetime import date
from typing import Any

import factory
from wagtail.models import Page

from cms.foundation.models import BasePage
from cms.pages import models

from .cohorts import OrganisationFactory

BODY = [{"type": "text", "value": "<p>先问清楚，再报价。</p>"}]
BODY_EN = [{"type": "text", "value": "<p>Ask first, then offer.</p>"}]
TEXT: dict[str, Any] = {"summary": "一句话。", "summary_en": "One sentence.", "body": BODY, "body_en": BODY_EN}


def put(parent: Page, page: BasePage) -> Any:
    """A page under its parent, live."""
    return parent.add_child(instance=page)


def home() -> models.HomePage:
    """The front door, which migrations have made."""
    return models.HomePage.objects.get()


def index(model: type[BasePage], slug: str, **fields: Any) -> Any:
    """The one index page of its kind, made once."""
    found = model.objects.first()
    return found or put(home(), model(title=f"总目 {slug}", title_en=f"Index {slug}", slug=slug, **TEXT | fields))


def words(n: int | str, **fields: Any) -> dict[str, Any]:
    """Title and text of the page number `n`."""
    return {"title": f"第 {n} 页", "title_en": f"Page number {n}", "slug": f"page-{n}", **TEXT, **fields}


def standard_page(slug: str = "about", **fields: Any) -> models.StandardPage:
    """A page of plain text."""
    return put(home(), models.StandardPage(**words(slug, slug=slug, **fields)))


def level_page(level: str = "junior", **fields: Any) -> models.LevelPage:
    """The page of a level."""
    parent = index(models.LevelIndexPage, "levels")
    return put(parent, models.LevelPage(level=level, **words(level, slug=level, **fields)))


def simulations_page() -> models.SimulationsPage:
    """The page that explains the simulations."""
    return index(models.SimulationsPage, "simulations-explained")


def news_page(n: int = 1, **fields: Any) -> models.NewsPage:
    """A piece of news, dated by the first days of 2026."""
    parent = index(models.NewsIndexPage, "news")
    return put(parent, models.NewsPage(**{"date": date(2026, 1, 1 + n % 28), **words(n), **fields}))


class JurisdictionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Jurisdiction
        django_get_or_create = ("code",)

    code = "cn"
    name = "全国"
    name_en = "China"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PolicyTopic
        django_get_or_create = ("code",)

    code = "pricing"
    name = "定价"
    name_en = "Pricing"


def policy_page(n: int = 1, topics: tuple[str, ...] = ("pricing",), **fields: Any) -> models.PolicyPage:
    """A law of the library: in force from the first day of 2020."""
    given = {
        "title": f"第 {n} 号办法",
        "title_en": f"Measures No. {n}",
        "slug": f"law-{n}",
        "issuer": "某部",
        "issuer_en": "A ministry",
        "kind": "departmental-rule",
        "number": f"〔2020〕{n} 号",
        "number_en": f"No. {n} of 2020",
        "legal_status": "in-force",
        "evidence": "text",
        "valid_from": date(2020, 1, 1),
        "as_of": date(2026, 11, 22),
        "summary": "<p>一句话说清。</p>",
        "summary_en": "<p>Said in a sentence.</p>",
        "articles": [{"type": "article", "value": {"number": "第 1 条", "words": "<p>要公示。</p>"}}],
        "articles_en": [{"type": "article", "value": {"number": "Art. 1", "words": "<p>Post it.</p>"}}],
    }
    page = models.PolicyPage(jurisdiction=fields.pop("jurisdiction", None) or JurisdictionFactory(), **given | fields)
    page.topics = [TopicFactory(code=code) for code in topics]
    return put(index(models.PolicyIndexPage, "policies"), page)


def base_page(n: int = 1, **fields: Any) -> models.TrainingBasePage:
    """A training base with its page."""
    parent = index(models.BasesIndexPage, "bases")
    organisation = fields.pop("organisation", None) or OrganisationFactory()
    place = {"city": "湖滨市", "city_en": "Hubin", "address": "湖滨路 1 号", "address_en": "1 Hubin Road"}
    return put(parent, models.TrainingBasePage(organisation=organisation, **place, **words(n, **fields)))


def help_page(n: int = 1, **fields: Any) -> models.HelpPage:
    """A question with its answer."""
    return put(index(models.HelpIndexPage, "help"), models.HelpPage(**{"topic": "study", **words(n), **fields}))


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GlossaryTerm

    term = factory.Sequence(lambda n: f"术语 {n}")
    term_en = factory.Sequence(lambda n: f"term number {n}")
    pinyin = "shùyǔ"
    definition = "一个词。"
    definition_en = "A word."
    source = "行业通用"
    source_en = "Common usage"


def glossary_page() -> models.GlossaryPage:
    """The glossary."""
    return index(models.GlossaryPage, "glossary")


def legal_page(slug: str = "privacy") -> models.LegalPage:
    """A legal text without a version."""
    return put(index(models.LegalIndexPage, "legal"), models.LegalPage(**words(slug, slug=slug, body=[], body_en=[])))


class LegalVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.LegalVersion

    page = factory.LazyFunction(legal_page)
    number = factory.Sequence(lambda n: n + 1)
    valid_from = date(2026, 1, 1)
    body = BODY
    body_en = BODY_EN
    changes = "第一版。"
    changes_en = "First version."
