"""A registry of one's own, so that a test's tasks are gone after it."""

import pytest

from lms.jobs.services import registry


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> dict[str, registry.Task]:
    """Only what the test itself registers."""
    own: dict[str, registry.Task] = {}
    monkeypatch.setattr(registry, "_tasks", own)
    return own
