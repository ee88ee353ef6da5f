import pytest

from tests.patterns.wiring import wired


@pytest.fixture
def pattern_library(settings) -> None:
    """The site with the pattern library at `/patterns/`."""
    settings.ROOT_URLCONF = "tests.patterns.urls"
    settings.TEMPLATES = wired(settings.TEMPLATES)
    settings.JIQIAO_DEMO = False  # its own banner is one of the components
