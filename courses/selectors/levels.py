"""The levels in words, as every page of the house says them."""

from django.utils.translation import gettext_lazy as _

from lms.kernel.levels import LevelCode

LEVEL_LABELS = {
    LevelCode.JUNIOR: _("Junior level"),
    LevelCode.INTERMEDIATE: _("Intermediate level"),
    LevelCode.SENIOR: _("Senior level"),
}
