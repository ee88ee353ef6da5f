"""What others rely on is written down: every command, every signal, every table of contents entry."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.dispatch import Signal
from django.utils.module_loading import import_string

pytestmark = pytest.mark.unit

ROOFS = ("lms", "courses", "simulations", "certificates", "cms")
DOCS = settings.REPO_DIR / "docs"
REFERENCE = "\n".join(path.read_text() for path in sorted((DOCS / "reference").glob("*.md")))


def _commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if str(app).split(".")[0] in ROOFS)


def _signals() -> list[str]:
    found = []
    for roof in ROOFS:
        for path in (settings.REPO_DIR / roof).rglob("signals.py"):
            module = ".".join(path.relative_to(settings.REPO_DIR).with_suffix("").parts)
            names = re.findall(r"^(\w+)\s*=\s*Signal\(", path.read_text(), re.MULTILINE)
            found += [f"{module}.{name}" for name in names if isinstance(import_string(f"{module}.{name}"), Signal)]
    return sorted(found)


@pytest.mark.parametrize("name", _commands())
def test_a_command_stands_in_the_reference(name: str) -> None:
    assert f"`{name}" in REFERENCE


@pytest.mark.parametrize("name", _signals())
def test_a_signal_stands_in_the_reference(name: str) -> None:
    assert f"`{name}`" in REFERENCE


def _links(path: Path) -> list[Path]:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text())
    return [(path.parent / target).resolve() for target in targets]


@pytest.mark.parametrize(
    "path",
    [*sorted(DOCS.rglob("*.md")), *sorted(settings.REPO_DIR.glob("*.md"))],
    ids=lambda path: str(path.relative_to(settings.REPO_DIR)),
)
def test_no_link_of_a_page_leads_nowhere(path: Path) -> None:
    assert [link for link in _links(path) if not link.exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


FORBIDDEN = re.compile(r"\bS00[0-4]\b|\[ILL\]|\[REC\]|lorem ipsum", re.IGNORECASE)


def test_no_tag_of_the_sources_reaches_the_product() -> None:
    product = [
        path
        for roof in ROOFS
        for path in (settings.REPO_DIR / roof).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".yaml", ".po", ".svg", ".js", ".css"}
    ]
    assert [str(path) for path in product if FORBIDDEN.search(path.read_text())] == []
