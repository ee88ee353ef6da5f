import pytest

from lms.kernel.levels import LevelCode

pytestmark = pytest.mark.unit


def test_ranks_are_the_digits_of_the_serial() -> None:
    assert [(level.value, level.rank) for level in LevelCode] == [("junior", 1), ("intermediate", 2), ("senior", 3)]
