from datetime import date

import factory

from lms.schemes.enums import SchemeState
from lms.schemes.models import Level, Scheme, SchemeVersion

from .accounts import BEGINNING


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme
        django_get_or_create = ("code",)

    code = "ttm"
    name = "技术经理人培训考核方案"
    name_en = "Technology manager training and assessment scheme"


class SchemeVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchemeVersion

    scheme = factory.SubFactory(SchemeFactory)
    number = factory.Sequence(lambda n: f"2026.{n + 100}")
    title = "2026 年试行版"
    title_en = "2026 trial version"
    effective_from = date(2026, 9, 1)
    state = SchemeState.PUBLISHED
    content_hash = factory.Sequence(lambda n: f"{n:064x}")
    published_at = BEGINNING


class LevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Level

    version = factory.SubFactory(SchemeVersionFactory)
    code = "junior"
    name = "初级技术经纪人"
    name_en = "Junior technology broker"
    requirements = factory.LazyFunction(
        lambda: {"kind": "all-of", "title": "初级", "title_en": "Junior", "children": []}
    )


def leaf(code: str, *, fact: str, refs: tuple[str, ...] | list[str] = (), **figures: object) -> dict[str, object]:
    """A leaf of a requirement tree, as a data file would say it."""
    words = {"title": "要求", "title_en": "Requirement", "source": "测试", "source_en": "Test"}
    return {"kind": "leaf", "code": code, "fact": fact, "refs": list(refs), **words, **figures}
