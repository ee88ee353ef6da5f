"""`make screens` misses no page: whatever answers with a page is in its table, or a reason is."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from cms.foundation.models import BasePage
from tests.architecture.test_matrix import ROWS, our_addresses
from tests.screen_table import NOT_TAKEN, SCREENS, Screen
from tests.screens import Picture, index, pictures_in

pytestmark = pytest.mark.unit


def page_types() -> set[str]:
    """Every kind of page that an editor can make."""
    return {model._meta.label_lower for model in apps.get_models() if issubclass(model, BasePage)}


def addresses() -> set[str]:
    """Every address that somebody may open."""
    return {row.name for row in ROWS if row.method == "get"}


def shown() -> list[str]:
    return [name for screen in SCREENS for name in screen.shows]


def test_every_page_has_a_picture_or_a_reason() -> None:
    assert (addresses() | page_types()) - set(shown()) - set(NOT_TAKEN) == set()


def test_no_picture_and_no_reason_is_for_a_page_that_is_gone() -> None:
    assert set(shown()) - page_types() - our_addresses() == set()
    assert set(NOT_TAKEN) - our_addresses() == set()


def test_nothing_is_both_taken_and_left_out() -> None:
    assert set(shown()) & set(NOT_TAKEN) == set()
    assert all(reason.strip() for reason in NOT_TAKEN.values())


def test_each_screen_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(screen.name for screen in SCREENS).items() if count > 1] == []
    assert all("--" not in screen.name and "/" not in screen.name for screen in SCREENS)


def test_screens_with_two_languages_are_the_rule() -> None:
    assert {screen.name for screen in SCREENS if len(screen.languages) == 1} == {
        screen.name for screen in SCREENS if screen.path.startswith("/cms-admin/")
    }
    assert all(isinstance(screen, Screen) and screen.path.startswith("/") for screen in SCREENS)


def test_the_index_groups_pictures_by_screen(tmp_path: Path) -> None:
    for name in ("home--zh-360-light", "home--en-print", "desk--zh-1440-dark"):
        (tmp_path / f"{name}.png").touch()
    pictures = pictures_in(tmp_path)
    assert pictures == [Picture("desk", "zh-1440-dark"), Picture("home", "en-print"), Picture("home", "zh-360-light")]
    page = index(pictures)
    assert page.index(">desk</h2>") < page.index("desk--zh-1440-dark.png") < page.index(">home</h2>")
    assert page.count("<figure>") == 3
