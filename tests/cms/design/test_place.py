import pytest
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from cms.design.templatetags.place import here, language_links

pytestmark = pytest.mark.unit


def _other(request, language: str = "zh-hans") -> list[dict[str, str]]:
    with translation.override(language):
        return language_links(Context({"request": request}))


@pytest.mark.parametrize(
    ("language", "address", "other"),
    [
        ("zh-hans", "/courses/?page=2", "/en/courses/?page=2"),
        ("en", "/en/courses/?page=2&q=%E8%AE%AD%E7%BB%83", "/courses/?page=2&q=%E8%AE%AD%E7%BB%83"),
        ("en", "/en/", "/"),
        ("zh-hans", "/policies/technology-contracts/", "/en/policies/technology-contracts/"),
        ("zh-hans", "/no/such/page.html?x=1", "/en/no/such/page.html?x=1"),
        ("en", "/en/no/such/page.html", "/no/such/page.html"),
        ("zh-hans", "/enrol-nowhere.html", "/en/enrol-nowhere.html"),
    ],
    ids=["filters", "chinese words", "home", "a page of the tree", "missing", "missing in English", "no prefix"],
)
def test_the_other_language_keeps_path_and_query(language: str, address: str, other: str) -> None:
    assert [link["url"] for link in _other(RequestFactory().get(address), language)] == [other]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/en/desk/", "/desk/"),
        ("%2Fen%2Fcourses%2F%3Fpage%3D2", "/courses/%3Fpage%3D2"),
        ("/cms-admin/pages/", "/cms-admin/pages/"),
        ("https://example.org/en/", "https://example.org/en/"),
        ("no-such-page.html", "no-such-page.html"),
    ],
    ids=["a page", "a page with its query", "the editor", "elsewhere", "nowhere"],
)
def test_what_comes_next_changes_its_language_too(wanted: str, kept: str) -> None:
    links = _other(RequestFactory().get(f"/en/accounts/login/?next={wanted}&q=1"), "en")
    assert [link["url"] for link in links] == [f"/accounts/login/?next={kept}&q=1"]


def test_a_link_says_in_which_language_it_answers() -> None:
    assert _other(RequestFactory().get("/")) == [{"code": "en", "name": "English", "url": "/en/"}]


@pytest.mark.parametrize(
    ("referer", "place"),
    [
        ("http://testserver/en/courses/?page=2", "/courses/?page=2"),
        ("http://testserver/en/courses/", "/courses/"),
        ("https://elsewhere.example/en/courses/", "/enrol/"),
        ("", "/enrol/"),
    ],
)
def test_the_answer_to_a_form_leads_back_to_the_page_of_the_form(referer: str, place: str) -> None:
    request = RequestFactory().post("/en/enrol/", headers={"Referer": referer})
    assert [link["url"] for link in _other(request, "en")] == [place]


def test_without_a_request_there_is_no_place_to_keep() -> None:
    assert language_links(Context()) == []
    assert here(Context()) == ""


def test_large_print_comes_back_to_the_same_address() -> None:
    request = RequestFactory().get("/courses/?page=2")
    html = render_to_string("design/components/large_print/large_print.html", {"css_class": "btn"}, request=request)
    assert '<input type="hidden" name="next" value="/courses/?page=2" data-place>' in html
