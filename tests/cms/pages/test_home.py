import re

import pytest
from django.test import Client

from cms.pages.models import HomePage
from lms.schemes.services.loading import load_scheme
from tests.factories.accounts import PersonFactory
from tests.factories.courses import index_page

pytestmark = [pytest.mark.face, pytest.mark.django_db]

# A script in place, or one from a file of ours, or data for search engines, which a browser never runs.
INLINE = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)|\son[a-z]+=", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def test_the_front_door_speaks_chinese(client: Client, now) -> None:
    load_scheme("ttm-2026-1", now=now)
    page = client.get("/").text
    for said in ("架桥的人，要有真本事", "一张证书要过四关", "先问清楚，再报价", "三个等级", "死亡之谷"):
        assert said in page
    assert [*re.findall(r"<h3[^>]*>(?:<a[^>]*>)?(\w级技术经\w人)<", page)] == [
        "初级技术经纪人",
        "中级技术经纪人",
        "高级技术经理人",
    ]


def test_the_front_door_speaks_english(client: Client, now) -> None:
    load_scheme("ttm-2026-1", now=now)
    page = client.get("/en/").text
    for said in ("Bridges need able builders", "Four gates to one certificate", "Ask first, then offer"):
        assert said in page
    left = set(CHINESE.findall(re.sub(r'<p class="meta">[^<]*</p>|aria-label="[^"]*"', "", page)))
    assert left == {"样本", "中文"}


def test_figures_come_from_the_scheme_in_force(client: Client, now) -> None:
    before = client.get("/").text
    assert "还没有生效的考核方案。" in before
    assert "学时起" not in before
    load_scheme("ttm-2026-1", now=now)
    after = client.get("/").text
    assert "<b>1</b> 学时起" in after
    assert "<b>60</b> 分及格" in after
    assert "<b>1</b> 场达 70 分" in after


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_no_inline_style_or_script_is_sent(client: Client, address: str) -> None:
    assert INLINE.findall(client.get(address).text) == []


def test_the_language_switch_leads_to_the_twin(client: Client) -> None:
    assert '<a class="btn btn-quiet" href="/en/" lang="en" hreflang="en" data-place>English</a>' in client.get("/").text
    assert (
        '<a class="btn btn-quiet" href="/" lang="zh-Hans" hreflang="zh-Hans" data-place>中文</a>'
        in client.get("/en/").text
    )


def test_every_link_of_the_front_door_leads_somewhere(client: Client) -> None:
    index_page()
    page = client.get("/").text
    for address in sorted(set(re.findall(r'<a[^>]* href="(/[^"#]*)', page))):
        assert client.get(address, follow=True).status_code == 200, address
    for anchor in set(re.findall(r'href="/?#([^"]+)"', page)):
        assert f'id="{anchor}"' in page


def test_a_visit_asks_few_questions(client: Client, now, django_assert_num_queries) -> None:
    load_scheme("ttm-2026-1", now=now)
    with django_assert_num_queries(10):
        client.get("/")


def test_what_an_editor_publishes_is_on_the_page(client: Client) -> None:
    home = HomePage.objects.get()
    home.hero_title, home.hero_title_en = "先过桥，再谈价", "Cross first"
    home.save_revision().publish()
    assert "先过桥，再谈价" in client.get("/").text
    assert "Cross first" in client.get("/en/").text


def test_an_editor_finds_both_languages_in_tabs(client: Client) -> None:
    client.force_login(PersonFactory(user__is_staff=True, user__is_superuser=True, user__language="en").user)
    screen = client.get(f"/cms-admin/pages/{HomePage.objects.get().pk}/edit/").text
    for field in ("hero_title", "hero_title_en", "teaser", "teaser_en", "slug"):
        assert f'name="{field}"' in screen
    for stream in ("calls", "gates", "teaser_points", "levels"):
        assert f'id="{stream}"' in screen


def test_an_editor_sees_a_preview_that_the_editor_may_frame(client: Client) -> None:
    client.force_login(PersonFactory(user__is_staff=True, user__is_superuser=True).user)
    home = HomePage.objects.get()
    home.save_revision()
    response = client.get(f"/cms-admin/pages/{home.pk}/view_draft/")
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
