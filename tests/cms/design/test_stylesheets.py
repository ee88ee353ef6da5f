"""The stylesheets keep the house rules that no linter of ours knows."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit

CSS = settings.REPO_DIR / "cms/design/static/design/css"
PALETTE = (CSS / "tokens.css", CSS / "themes.css")
ROOFS = ("lms", "courses", "simulations", "certificates", "cms")


def _sheets() -> list[Path]:
    return sorted(path for roof in ROOFS for path in (settings.REPO_DIR / roof).rglob("static/**/*.css"))


def _name(path: Path) -> str:
    return str(path.relative_to(settings.REPO_DIR))


def _words(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("path", _sheets(), ids=_name)
def test_colours_are_spoken_by_their_meaning(path: Path) -> None:
    found = [] if path in PALETTE else re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", _words(path))
    assert found == []


@pytest.mark.parametrize("path", _sheets(), ids=_name)
def test_layers_decide_and_nobody_shouts(path: Path) -> None:
    assert "!important" not in _words(path)


@pytest.mark.parametrize("path", _sheets(), ids=_name)
def test_every_token_that_is_used_is_defined(path: Path) -> None:
    everywhere = "".join(_words(sheet) for sheet in _sheets())
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", everywhere))
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", _words(path)))
    assert used - defined == set()


def test_the_one_stylesheet_imports_every_file_once() -> None:
    imported = re.findall(r'@import url\("([^"]+)"\)', (CSS / "app.css").read_text())
    there = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"app.css"}
    assert sorted(imported) == sorted(there)
