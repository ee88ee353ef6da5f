"""Chinese inside sentences is found, and the same is found on SQLite and on PostgreSQL (this file runs on both)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import MATCH_ALL, And, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

from cms.foundation.search.words import in_house_words
from lms.kernel.bigrams import bigrams, query_terms
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]

SENTENCE = "深度学习模型需要大量训练数据"
TITLES = (
    SENTENCE,
    "技术转移与专利价值评估",
    "专利许可，尽职调查",
    "Licensing of patents: 12-34 v2.5 1e5 3d",
    "𬱖和𠮷都是人名",
    "訓練資料",
    "权",
    "Café 100% user_name",
    "🚀 好消息",
)


@pytest.fixture
def pages() -> dict[str, Page]:
    """One live page for every title."""
    root = Site.objects.get(is_default_site=True).root_page
    return {
        title: root.add_child(instance=Page(title=title, slug=f"page-{n}", locale=root.locale))
        for n, title in enumerate(TITLES)
    }


def titles(found: Any) -> set[str]:
    return {page.title for page in found} & set(TITLES)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("训练", {SENTENCE}),
        ("训练数据", {SENTENCE}),
        ("据", {SENTENCE}),
        ("专利", {TITLES[1], TITLES[2]}),
        ("尽职调查 专利", {TITLES[2]}),
        ("许可，尽职", {TITLES[2]}),
        ("权", {TITLES[6]}),
        ("licens", {TITLES[3]}),
        ("ＬＩＣＥＮＳＩＮＧ", {TITLES[3]}),
        ("v2.5", {TITLES[3]}),
        ("1e5", {TITLES[3]}),
        ("3d", {TITLES[3]}),
        ("cafe", {TITLES[7]}),
        ("𬱖", {TITLES[4]}),
        ("𠮷都", {TITLES[4]}),
        ("訓練", {TITLES[5]}),
        ("🚀", {TITLES[8]}),
        ("练训", set()),
        ("licens 专利", set()),
        ("。", set()),
        ("", set()),
    ],
)
def test_what_is_asked_is_found_as_a_whole_search_and_while_typing(
    pages: dict[str, Page], asked: str, answer: set[str]
) -> None:
    for ranked in (True, False):
        assert titles(Page.objects.search(asked, order_by_relevance=ranked)) == answer
        assert titles(Page.objects.autocomplete(asked, order_by_relevance=ranked)) == answer


HOSTILE = [
    '"',
    "'",
    '"训练',
    "*",
    "训练*",
    "AND OR NOT NEAR",
    "NEAR(训练 数据, 2)",
    "title:训练",
    "训练 NOT 数据",
    "(((",
    "^训练",
    "\\",
    "训\x00练",
    "训\ud800练",
    "%",
    "_",
    "x" * 10_000,
    "训练" * 5_000,
    "".join(chr(0x4E00 + n) for n in range(10_000)),
    "' OR 1=1 --",
    "&|!:<->",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_by_their_words(pages: dict[str, Page], asked: str) -> None:
    found = titles(Page.objects.search(asked))
    assert found == {title for title in TITLES if says(title, asked)}
    assert found == titles(Page.objects.autocomplete(asked))
    _filters, parsed = parse_query_string(asked)
    list(Page.objects.search(parsed))


def says(title: str, asked: str) -> bool:
    kept, terms = bigrams(title), query_terms(asked)
    return bool(terms) and all(
        any(word.startswith(term.text) if term.prefix else word == term.text for word in kept) for term in terms
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.one_of(st.sampled_from("训练数据专利技术𬱖🚀 ab1éß%*\"'\x00"), st.characters()), max_size=12))
def test_any_engine_finds_what_the_words_say(pages: dict[str, Page], asked: str) -> None:
    answer = {title for title in TITLES if says(title, asked)}
    assert titles(Page.objects.search(asked)) == answer
    assert titles(Page.objects.search(asked, order_by_relevance=False)) == answer


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_title_is_found_under_each_of_its_words(pages: dict[str, Page], text: str) -> None:
    page = pages[SENTENCE]
    page.title = text
    page.save()
    for word in set(bigrams(text)):
        if query_terms(word) and not word.startswith("u0"):
            assert page in list(Page.objects.search(word)), word


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (PlainText("训练 许可", operator="or"), {SENTENCE, TITLES[2]}),
        (Or([PlainText("训练"), PlainText("。")]), {SENTENCE}),
        (And([PlainText("专利"), Not(PlainText("许可"))]), {TITLES[1]}),
        (And([PlainText("专利"), Not(PlainText("专利价值"))]), {TITLES[2]}),
        (And([PlainText("专利"), Phrase("尽职调查")]), {TITLES[2]}),
        (And([MATCH_ALL, PlainText("训练")]), {SENTENCE}),
        (And([PlainText("训练"), PlainText("。")]), set()),
        (Not(PlainText("。")), set(TITLES)),
        (MATCH_ALL, set(TITLES)),
    ],
    ids=lambda each: f"{len(each)} pages" if isinstance(each, set) else repr(each),
)
def test_questions_may_be_combined(pages: dict[str, Page], question: Any, answer: set[str]) -> None:
    assert titles(Page.objects.search(question)) == answer


def test_a_question_of_another_kind_is_left_to_core() -> None:
    fuzzy = Fuzzy("训练")
    assert in_house_words(fuzzy) is fuzzy


def test_fields_are_asked_of_the_index(pages: dict[str, Page]) -> None:
    backend = get_search_backend()
    assert titles(backend.search("训练", Page, fields=["title"])) == {SENTENCE}
    assert titles(backend.search("训练", Page, fields=["slug"])) == set()


def test_a_changed_title_is_found_at_once_and_the_old_one_no_longer(pages: dict[str, Page]) -> None:
    page = pages[SENTENCE]
    page.title = "作价入股"
    page.save()
    assert [each.title for each in Page.objects.search("作价")] == ["作价入股"]
    assert titles(Page.objects.search("训练")) == set()
    page.delete()
    assert list(Page.objects.search("作价")) == []


def test_a_very_long_text_is_kept(pages: dict[str, Page]) -> None:
    page = pages[SENTENCE]
    page.search_description = "".join(chr(0x4E00 + n % 20_000) for n in range(120_000))
    page.save()
    assert titles(Page.objects.search("训练")) == {SENTENCE}


def test_rebuilding_the_index_changes_nothing(pages: dict[str, Page]) -> None:
    from django.core.management import call_command

    before = [titles(Page.objects.search(asked)) for asked in ("训练", "专利", "licens", "权")]
    call_command("wagtail_update_index", verbosity=0)
    assert [titles(Page.objects.search(asked)) for asked in ("训练", "专利", "licens", "权")] == before


def test_editors_find_pages_in_their_list_and_in_the_chooser(pages: dict[str, Page], client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    listed = client.get(reverse("wagtailadmin_pages:search"), {"q": "训练"})
    assert [page.title for page in listed.context["pages"]] == [SENTENCE]
    chosen = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "训练"})
    assert [page.title for page in chosen.context["pages"]] == [SENTENCE]
