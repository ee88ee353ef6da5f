import pytest

from certificates.selectors.verification import masked

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "shown"),
    [("段文博", "段*博"), ("段博", "段*"), ("段", "*"), ("买买提·艾力", "买**·*力"), ("欧阳文博", "欧**博")],
)
def test_a_stranger_sees_the_ends_of_a_name(name: str, shown: str) -> None:
    assert masked(name) == shown
