"""Chinese first, English equal: languages, and times stored in UTC and shown in Beijing time."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# A page lives once and carries both languages (docs/decisions/0011).
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
