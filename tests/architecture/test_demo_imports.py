"""The demonstration walks through the front door: it imports no models."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.unit

IMPORT = re.compile(r"^(?:from|import) \S*\bmodels\b", re.MULTILINE)


def test_the_demonstration_imports_no_models() -> None:
    sources = sorted((settings.REPO_DIR / "lms" / "demo").rglob("*.py"))
    found = [str(path) for path in sources if IMPORT.search(path.read_text())]
    assert len(sources) > 8
    assert found == []
