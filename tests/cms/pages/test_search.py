"""The public search: both languages, groups with counts, marked words, and an address for every answer."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.search.backends import get_search_backend

from cms.foundation.enums import PublicKind
from cms.foundation.models import PublicText
from lms.kernel.bigrams import MOST_TERMS
from tests.factories.accounts import PersonFactory
from tests.factories.courses import enrolment_of, published_course
from tests.factories.findable import TEXT, TEXT_EN, standard_page

pytestmark = [pytest.mark.face, pytest.mark.django_db, pytest.mark.db]


def texts(number: int, page: Any = None, **fields: Any) -> None:
    """So many more texts on one page, kept as their rooms keep them."""
    page = page or standard_page(summary="别的", summary_en="Else")
    said = {"kind": PublicKind.LESSON, "title": "课", "title_en": "Lesson", "text": TEXT, "text_en": TEXT_EN} | fields
    rows = PublicText.objects.bulk_create(
        PublicText(page=page, place=f"#{said['kind']}-{n}", **said) for n in range(number)
    )
    get_search_backend().add_bulk(PublicText, rows)


def test_a_word_inside_a_sentence_is_found_and_marked(client: Client) -> None:
    page = standard_page(title="数据许可")
    answer = client.get("/search/", {"q": "训练"})
    assert "深度学习模型需要大量<mark>训练</mark>数据" in answer.text
    assert f'<h3><a href="/{page.slug}/">数据许可</a></h3>' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


def test_english_readers_are_shown_the_english_of_a_page(client: Client) -> None:
    page = standard_page(title="数据许可", title_en="Licensing data")
    answer = client.get("/en/search/", {"q": "train"})
    assert "large amounts of <mark>training</mark> data" in answer.text
    assert f'<h3><a href="/en/{page.slug}/">Licensing data</a></h3>' in answer.text


def test_a_hit_in_the_other_language_is_shown_in_that_language_and_says_so(client: Client) -> None:
    standard_page(title="数据许可", title_en="Licensing data")
    [result] = client.get("/en/search/", {"q": "许可"}).context["search"].results
    assert (result.language, result.title) == ("zh-Hans", "数据<mark>许可</mark>")
    [result] = client.get("/search/", {"q": "licensing"}).context["search"].results
    assert (result.language, result.title) == ("en", "<mark>Licensing</mark> data")


def test_what_says_the_words_in_its_title_comes_first(client: Client) -> None:
    standard_page(title="别的")
    standard_page(title="训练", summary="短")
    assert [result.title for result in client.get("/search/?q=训练").context["search"].results] == [
        "<mark>训练</mark>",
        "别的",
    ]


def test_kinds_are_counted_and_filtered_by_the_address(client: Client) -> None:
    texts(12)
    texts(3, kind=PublicKind.POLICY, about="全国", about_en="National", day=date(2015, 10, 1))
    answer = client.get("/search/?q=训练").context["search"]
    assert [(group.kind, group.count, group.current) for group in answer.groups] == [
        ("", 15, True),
        ("lesson", 12, False),
        ("policy", 3, False),
    ]
    filtered = client.get("/search/?q=训练&kind=policy")
    assert len(filtered.context["search"].results) == 3
    assert '全国 · 自 <time datetime="2015-10-01">2015 年 10 月 1 日</time> 起施行' in filtered.text
    assert 'aria-current="true">政策' in filtered.text
    empty = client.get("/search/?q=训练&kind=news")
    assert empty.context["search"].results == ()
    assert "这一类里没有，别的类里有。" in empty.text


def test_pages_of_hits_keep_question_and_kind(client: Client) -> None:
    texts(25)
    first = client.get("/search/?q=训练&kind=lesson")
    assert len(first.context["search"].results) == 10
    assert 'href="?q=%E8%AE%AD%E7%BB%83&amp;kind=lesson&amp;page=2"' in first.text
    last = client.get("/search/?q=训练&kind=lesson&page=3")
    assert len(last.context["search"].results) == 5
    assert client.get("/search/?q=训练&page=nonsense").context["search"].page.number == 1


def test_an_empty_question_teaches(client: Client) -> None:
    answer = client.get("/search/")
    assert "怎样搜索" in answer.text
    assert answer.context["search"].page is None
    assert "没有可以查找的字" in client.get("/search/?q=。！").text


def test_no_result_says_what_to_try(client: Client) -> None:
    assert "换一个短一点的词" in client.get("/search/?q=区块链").text
    assert "Ask for a shorter word" in client.get("/en/search/?q=blockchain").text


def test_words_from_the_question_and_from_pages_are_escaped(client: Client) -> None:
    standard_page(title="<script>训练</script>", summary="<img src=x>训练")
    page = client.get("/search/", {"q": '训练"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    page = client.get("/search/", {"q": "训练"}).text
    assert "&lt;script&gt;<mark>训练</mark>&lt;/script&gt;" in page
    assert "<img src=x>" not in page


HOSTILE = (
    *('"', "'", "*", "训练*", "AND OR NOT NEAR", "训\x00练", "%", "\\", "((", "🚀", "\ufffd"),
    *("训练" * 5_000, "x" * 10_000),
)


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_politely(client: Client, asked: str) -> None:
    standard_page()
    for address in ("/search/", "/en/search/"):
        answer = client.get(address, {"q": asked, "kind": asked, "page": asked})
        assert answer.status_code == 200
        assert len(answer.context["search"].query) <= 100
    assert ("只查找了前 100 个字" in client.get("/search/", {"q": asked}).text) is (len(asked) > 100)


def test_a_question_that_is_no_unicode_is_answered(client: Client) -> None:
    assert client.get("/search/?q=%ED%A0%80%E8%AE%AD%E7%BB%83").status_code == 200


def test_a_lesson_leads_to_its_course_and_straight_to_the_page_of_who_studies_it(client: Client) -> None:
    course = published_course(lessons=1)
    [lesson] = client.get("/search/?q=先问").context["search"].results
    assert lesson.url == f"/courses/{course.code}/#lesson-item-1"
    person = PersonFactory()
    enrolment = enrolment_of(person, course)
    client.force_login(person.user)
    [lesson] = client.get("/search/?q=先问").context["search"].results
    assert lesson.url == f"/learn/{enrolment.uid}/item-1/"


def test_a_visitor_gets_no_cookie(client: Client) -> None:
    standard_page()
    assert not client.get("/search/?q=训练").cookies


@pytest.mark.parametrize("number", [10, 1_000])
def test_any_number_of_hits_costs_the_same(client: Client, django_assert_num_queries, number: int) -> None:
    texts(number)
    client.get("/search/?q=warm")  # the site's own addresses and content types, asked once a process
    with django_assert_num_queries(6):
        answer = client.get("/search/?q=训练")
    assert answer.context["search"].count == number


def test_a_question_of_many_words_is_one_query_still(client: Client) -> None:
    standard_page()
    asked = "".join(chr(0x4E00 + n) for n in range(100))
    assert client.get("/search/", {"q": asked}).context["search"].count == 0
    assert MOST_TERMS < 100
