"""What every test may lean on: a database made from a template, real servers, a held clock, people."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from lms.kernel.clock import HeldClock, held_at
from tests.servers import processes
from tests.servers.templates import Template, database_template

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread.

# A submission is judged on the same examples each time; developers' runs go on looking for new ones.
# Neither holds an example to a time: machines are shared, and speed is measured elsewhere.
hypothesis.settings.register_profile("submission", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("submission" if os.environ.get("CI") else "search")

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # noon in Beijing


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment, django_db_blocker) -> Iterator[Template]:
    """Copy a migrated template instead of migrating; put it back after tests that commit."""
    template = database_template(getattr(request.config, "workerinput", {}).get("workerid", "main"))
    with django_db_blocker.unblock():
        template.prepare()
    # Emptying tables would trip the triggers that guard history, and lose the root page.
    TransactionTestCase._fixture_teardown = lambda self: template.restore()  # type: ignore[method-assign]
    yield template
    with django_db_blocker.unblock():
        template.drop()


@pytest.fixture(autouse=True)
def _cold_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Every test begins in the house's language; a request to /en/ leaves its thread speaking English."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def clock() -> Iterator[HeldClock]:
    """A clock that stands at noon on Sunday 22 November 2026 in Beijing until the test moves it."""
    with held_at(NOON) as held:
        yield held


@pytest.fixture
def demonstration(transactional_db, django_db_setup: Template, clock: HeldClock) -> None:
    """The demonstration as `seed_demo` makes it, at noon, before anybody has done anything in it."""
    from lms.demo.seeding import seed_demo

    django_db_setup.bring("demonstration", lambda: seed_demo(now=NOON))
    cache.clear()


@pytest.fixture
def site(transactional_db, django_db_setup: Template, clock: HeldClock) -> None:
    """The public site as `load_site` makes it, at noon, and nobody there."""
    from cms.pages.services.loading import load_site

    django_db_setup.bring("site", lambda: load_site(now=NOON))
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """A moment to hand to verbs."""
    return NOON


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis server of this session's own."""
    with processes.redis() as url:
        yield url


# What takes minutes begins first, so that no worker is left with it when the others have nothing more to take.
LONG = ("tests/journeys/", "tests/lms/demo/", "tests/lms/jobs/carriers/", "tests/cms/design/test_in_a_browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules first, each by turns for one half of the list and the other, as two workers share it."""
    long = [item for item in items if item.nodeid.startswith(LONG)]
    others = [item for item in items if not item.nodeid.startswith(LONG)]
    modules = list(dict.fromkeys(item.path for item in long))
    first = [item for item in long if modules.index(item.path) % 2 == 0]
    second = [item for item in long if modules.index(item.path) % 2 == 1]
    half = len(others) // 2
    items[:] = [*first, *others[:half], *second, *others[half:]]
