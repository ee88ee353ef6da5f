from pathlib import Path

import pytest
import yaml
from django.utils.translation import override

from lms.schemes.enums import SchemeState
from lms.schemes.models import Competency, Level, Module, SchemeVersion
from lms.schemes.services.loading import (
    DATA,
    PublishedVersionChanged,
    SchemeFileInvalid,
    SchemeFileUnreadable,
    load_scheme,
)
from lms.schemes.validators import leaves_in, parse_tree

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def shipped() -> dict:
    return yaml.safe_load((DATA / "ttm-2026-1.yaml").read_text())


def written(folder: Path, data: object) -> Path:
    path = folder / "scheme.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True))
    return path


def test_the_shipped_scheme_has_three_levels_four_modules_and_fourteen_competencies(now) -> None:
    version = load_scheme("ttm-2026-1", now=now)
    assert (version.scheme.code, version.number, version.state) == ("ttm", "2026.1", SchemeState.PUBLISHED)
    assert list(version.levels.order_by("pk").values_list("code", "name")) == [
        ("junior", "初级技术经纪人"),
        ("intermediate", "中级技术经纪人"),
        ("senior", "高级技术经理人"),
    ]
    assert version.modules.count() == 4
    assert list(version.competencies.order_by("code").values_list("code", flat=True)) == [
        f"C{number:02d}" for number in range(1, 15)
    ]


def test_every_shipped_leaf_names_its_source_in_both_languages(now) -> None:
    for level in load_scheme("ttm-2026-1", now=now).levels.all():
        for leaf in leaves_in(parse_tree(level.requirements)):
            assert (leaf.source, leaf.source_en) == ("本方案试行版自定", "This trial scheme's own figure")


def test_the_junior_tree_asks_for_the_agreed_figures(now) -> None:
    junior = load_scheme("ttm-2026-1", now=now).levels.get(code="junior")
    asked = {
        leaf.code: (leaf.fact.value, leaf.refs, str(leaf.required), str(leaf.per_ref_at_least or ""))
        for leaf in leaves_in(parse_tree(junior.requirements))
    }
    assert asked == {
        "identity": ("identity", (), "1", ""),
        "hours-total": ("class-hours", (), "1.00", ""),
        "hours-public-knowledge": ("class-hours", ("public-knowledge",), "0.50", ""),
        "hours-practical-skills": ("class-hours", ("practical-skills",), "0.50", ""),
        "exam": ("exam", ("junior",), "60", ""),
        "simulation": ("simulation", (), "1", "70"),
        "contribution": ("contribution", (), "5.00", ""),
    }


def test_loading_the_same_file_twice_changes_nothing(now) -> None:
    first = load_scheme("ttm-2026-1", now=now)
    before = list(Level.objects.values_list("pk", "requirements"))
    assert load_scheme(DATA / "ttm-2026-1.yaml", now=now) == first
    assert list(Level.objects.values_list("pk", "requirements")) == before
    assert SchemeVersion.objects.count() == 1


def test_a_published_version_is_not_changed_by_a_changed_file(now, tmp_path) -> None:
    version = load_scheme("ttm-2026-1", now=now)
    data = shipped()
    data["levels"][0]["requirements"]["children"][2]["at_least"] = 10
    with pytest.raises(PublishedVersionChanged, match=r"2026\.1"), override("en"):
        load_scheme(written(tmp_path, data), now=now)
    version.refresh_from_db()
    assert version.content_hash == load_scheme("ttm-2026-1", now=now).content_hash


def test_a_draft_is_replaced_and_then_published(now, tmp_path) -> None:
    data = {**shipped(), "number": "2027.1", "state": "draft"}
    draft = load_scheme(written(tmp_path, data), now=now)
    data["levels"] = data["levels"][:2]
    again = load_scheme(written(tmp_path, data), now=now)
    assert (again.pk, again.levels.count(), again.published_at) == (draft.pk, 2, None)
    published = load_scheme(written(tmp_path, {**data, "state": "published"}), now=now)
    assert (published.pk, published.state, published.published_at) == (draft.pk, "published", now)
    assert set(published.levels.values_list("frozen", flat=True)) == {True}


def test_a_new_number_stands_beside_the_old_one(now, tmp_path) -> None:
    load_scheme("ttm-2026-1", now=now)
    load_scheme(written(tmp_path, {**shipped(), "number": 2027.1}), now=now)
    assert list(SchemeVersion.objects.order_by("number").values_list("number", flat=True)) == ["2026.1", "2027.1"]


def _without_bar(data: dict) -> None:
    del data["levels"][0]["requirements"]["children"][3]["per_ref_at_least"]


def _unknown_entry(data: dict) -> None:
    data["levels"][1]["requirements"]["children"][0]["colour"] = "red"


def _unknown_fact(data: dict) -> None:
    data["levels"][0]["requirements"]["children"][1]["children"][0]["fact"] = "hours"


def _negative(data: dict) -> None:
    data["levels"][0]["requirements"]["children"][4]["at_least"] = -5


def _twice(data: dict) -> None:
    children = data["levels"][0]["requirements"]["children"]
    children.append(children[0])


def _no_kind(data: dict) -> None:
    del data["levels"][2]["requirements"]["children"][1]["kind"]


@pytest.mark.parametrize(
    ("harm", "path", "reason"),
    [
        (
            _without_bar,
            "levels[junior].requirements.children[simulation]",
            "this kind of fact needs count and per_ref_at_least, and no at_least",
        ),
        (
            _unknown_entry,
            "levels[intermediate].requirements.children[identity].colour",
            "there is no such entry",
        ),
        (
            _unknown_fact,
            "levels[junior].requirements.children[class-hours].children[hours-total].fact",
            "this word is not one of the known ones",
        ),
        (
            _negative,
            "levels[junior].requirements.children[contribution].at_least",
            "this must be more than 0",
        ),
        (_twice, "levels[junior].requirements", "the code identity is used twice in this tree"),
        (
            _no_kind,
            "levels[senior].requirements.children[prior-certificate]",
            "the kind is missing: leaf, all-of or any-of",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_path_of_the_bad_node(harm, path, reason, now, tmp_path) -> None:
    data = shipped()
    harm(data)
    with pytest.raises(SchemeFileInvalid) as refusal:
        load_scheme(written(tmp_path, data), now=now)
    with override("en"):
        assert str(refusal.value) == f"The scheme file is wrong at {path}: {reason} (0 more)."
    assert (SchemeVersion.objects.count(), Module.objects.count(), Competency.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("content", [b"levels: [", "方案: 一".encode("gb18030")])
def test_a_file_that_is_no_yaml_is_unreadable(content, now, tmp_path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    with pytest.raises(SchemeFileUnreadable):
        load_scheme(path, now=now)


def test_a_file_that_is_not_there_is_unreadable(now) -> None:
    with pytest.raises(SchemeFileUnreadable):
        load_scheme("ttm-1999-1", now=now)
