"""Every template compiles, and none carries inline style or script."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

pytestmark = pytest.mark.unit

ROOFS = ("lms", "courses", "simulations", "certificates", "cms")
INLINE = re.compile(
    r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)|\son[a-z]+=|javascript:", re.IGNORECASE
)


def _templates() -> list[Path]:
    return sorted(
        path
        for roof in ROOFS
        for path in (settings.REPO_DIR / roof).rglob("templates/**/*")
        if path.suffix in {".html", ".txt", ".svg"}
    )


@pytest.mark.parametrize("path", _templates(), ids=lambda path: str(path.relative_to(settings.REPO_DIR)))
def test_a_template_compiles(path: Path) -> None:
    assert engines["django"].from_string(path.read_text())


@pytest.mark.parametrize("path", _templates(), ids=lambda path: str(path.relative_to(settings.REPO_DIR)))
def test_a_template_carries_no_inline_style_or_script(path: Path) -> None:
    if "documents" in path.parts or "certificates/print" in str(path):
        return
    # Mail programs load no style sheet: a mail carries its looks with it, and never a script.
    allowed = {"style="} if path.parent.name == "mailing" and path.suffix == ".html" else set()
    found = {match.group().strip() for match in INLINE.finditer(path.read_text())}
    assert found - allowed == set()
