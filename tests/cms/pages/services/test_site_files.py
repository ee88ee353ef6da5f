import re
from collections.abc import Iterator
from typing import Any

import pytest

from cms.pages.services.site_files import DATA, SiteFileUnreadable, body_of, digest_of_file, link_pages, read_file

pytestmark = pytest.mark.unit

KINDS = sorted(path.stem for path in DATA.glob("*.yaml"))
# Words of the 2022 notice that a certificate may not carry, said of ourselves.
BOASTS = re.compile(r"国家级|国家认证|全国统一|官方认证|权威认证|职业资格证书|岗位合格|(?<!“)包过")
# Fields that stand twice. Blocks inside a body are of one language, so `text` of a block is none.
TWINS = {
    "title",
    "summary",
    "body",
    "definition",
    "menu_title",
    "changes",
    "introduction",
    "basis",
    "contact",
    "address",
    "number",
    "issuer",
    "city",
}
BODIES = {"body", "body_en"}
TAGS = re.compile(r"\b[SP][-0]?\d{2,3}\b|\[(?:M|ILL|REC|V|S)\]|L-(?:CGH|ZJ|BJ|SD|SH|CC|JI|TIE|PAT)\b")


def words_in(thing: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text in a file, with where it stands."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from words_in(value, f"{place}/{name}")
    elif isinstance(thing, list):
        for number, value in enumerate(thing):
            yield from words_in(value, f"{place}/{number}")
    elif isinstance(thing, str):
        yield place, thing


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_asserts_what_is_only_noted_or_boasts(kind: str) -> None:
    found = [
        (place, hit[0])
        for place, words in words_in(read_file(kind))
        if (hit := TAGS.search(words) or BOASTS.search(words))
    ]

    assert found == []


def untranslated(thing: Any, place: str) -> Iterator[str]:
    """Records that have a Chinese text whose English twin is missing or empty."""
    if isinstance(thing, list):
        for value in thing:
            yield from untranslated(value, place)
    elif isinstance(thing, dict):
        here = f"{place}/{thing['slug']}" if "slug" in thing else place
        for name in TWINS & thing.keys():
            if isinstance(thing[name], str | list) and not thing.get(f"{name}_en"):
                yield f"{here}:{name}"
        for name in thing.keys() - BODIES:
            yield from untranslated(thing[name], here)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_stands_in_both_languages_but_the_item_that_waits(kind: str) -> None:
    gaps = set(untranslated(read_file(kind), kind))

    waiting = {f"news/trial-players-wanted:{name}" for name in ("title", "summary", "body")}
    assert gaps == (waiting if kind == "news" else set())


def test_the_library_the_glossary_and_the_help_are_as_long_as_they_have_to_be() -> None:
    assert len(read_file("policies")["policies"]) >= 20
    assert len(read_file("glossary")["terms"]) >= 60
    assert len(read_file("help")["pages"]) >= 14


def test_what_was_only_seen_second_hand_is_never_called_in_force_and_names_no_article() -> None:
    second_hand = [text for text in read_file("policies")["policies"] if text["evidence"] == "second-hand"]

    assert second_hand
    assert [text["slug"] for text in second_hand if text["legal_status"] == "in-force" or text["articles"]] == []


def test_a_body_keeps_its_ids_so_that_loading_again_changes_nothing() -> None:
    blocks = [{"text": "<p>a</p>"}, {"steps": [{"title": "b", "text": "<p>c</p>"}]}]

    assert body_of(blocks, "help/x/zh") == body_of(blocks, "help/x/zh")
    assert body_of(blocks, "help/x/zh") != body_of(blocks, "help/y/zh")


def test_addresses_of_pages_become_links_that_follow_the_page() -> None:
    words = '<p><a href="/help/roles/">a</a> <a href="/verify/">b</a></p>'

    linked = link_pages(words, {"/help/roles/": 7})

    assert linked == '<p><a linktype="page" id="7">a</a> <a href="/verify/">b</a></p>'


def test_every_address_in_the_texts_is_a_page_of_the_files_or_an_open_door() -> None:
    doors = {"/verify/", "/en/verify/", "/cms-admin/"}
    known = {f"/{kind}/" for kind in ("levels", "policies", "bases", "news", "help", "glossary", "about", "legal")}
    known |= {"/simulations-explained/", "/courses/"}
    for kind in ("levels", "news", "help", "legal"):
        known |= {f"/{kind}/{text['slug']}/" for text in read_file(kind)["pages"]}
    known |= {f"/policies/{text['slug']}/" for text in read_file("policies")["policies"]}

    linked = {
        address
        for kind in KINDS
        for _place, words in words_in(read_file(kind))
        for address in re.findall(r'href="(/[^"]*)"', words)
    }

    assert linked - known - doors == set()


def test_a_digest_changes_with_the_words_and_with_nothing_else() -> None:
    assert digest_of_file({"a": 1, "b": 2}) == digest_of_file({"b": 2, "a": 1})
    assert digest_of_file({"a": 1}) != digest_of_file({"a": 2})


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SiteFileUnreadable) as refusal:
        read_file("nowhere")

    assert refusal.value.params == {"name": "nowhere.yaml"}
