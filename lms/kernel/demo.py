"""Demo honesty: what a demonstration makes must say so wherever it goes."""

from django.conf import settings

SPECIMEN = "样本 SPECIMEN"


def is_demo() -> bool:
    """Whether this installation is a demonstration (`JIQIAO_DEMO=1`)."""
    return bool(settings.JIQIAO_DEMO)
