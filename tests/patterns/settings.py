"""A developer's machine with the pattern library at `/patterns/`: `python -m tests.patterns` serves it."""

from lms.settings import dev
from lms.settings.dev import *  # noqa: F403 -- settings are laid over settings

from .wiring import wired

DEBUG = True
# Its own banner is one of the components.
JIQIAO_DEMO = False
WHITENOISE_AUTOREFRESH = True
ROOT_URLCONF = "tests.patterns.urls"
TEMPLATES = wired(dev.TEMPLATES)
