from datetime import UTC, date, datetime

import pytest

from lms.schemes.enums import SchemeState
from lms.schemes.selectors.current import NoRulesInForce, NoSuchLevel, current_version, level_of, levels_of
from tests.factories.schemes import LevelFactory, SchemeVersionFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_latest_published_version_that_has_begun_is_in_force(now) -> None:
    SchemeVersionFactory(effective_from=date(2025, 1, 1))
    current = SchemeVersionFactory(effective_from=date(2026, 1, 1))
    SchemeVersionFactory(effective_from=date(2027, 1, 1))
    SchemeVersionFactory(effective_from=date(2026, 6, 1), state=SchemeState.DRAFT, published_at=None)
    assert current_version(now) == current


def test_a_version_begins_at_midnight_in_beijing() -> None:
    version = SchemeVersionFactory(effective_from=date(2026, 9, 1))
    with pytest.raises(NoRulesInForce):
        current_version(datetime(2026, 8, 31, 15, 59, tzinfo=UTC))
    assert current_version(datetime(2026, 8, 31, 16, 0, tzinfo=UTC)) == version


def test_a_level_is_found_by_its_code_and_an_unknown_one_is_refused() -> None:
    junior = LevelFactory(code="junior")
    senior = LevelFactory(version=junior.version, code="senior")
    assert level_of(junior.version, "senior") == senior
    assert list(levels_of(junior.version)) == [junior, senior]
    with pytest.raises(NoSuchLevel):
        level_of(junior.version, "intermediate")
