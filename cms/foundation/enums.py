from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EnglishState(models.TextChoices):
    """Where the English of a page stands beside its Chinese."""

    COMPLETE = "complete", pgettext_lazy("the English of a page", "Complete")
    MISSING = "missing", pgettext_lazy("the English of a page", "Missing")
    OLDER = "older", _("Older than the Chinese")


class CalloutKind(models.TextChoices):
    """What is set apart from the running text."""

    LAW = "law", _("What the law says")
    CASE = "case", _("A case")
    TRAP = "trap", _("A trap")


class PublicKind(models.TextChoices):
    """What a visitor may look for; the order is the order of the groups on the search page."""

    LESSON = "lesson", _("Courses and lessons")
    POLICY = "policy", pgettext_lazy("found in a search", "Policies")
    NEWS = "news", pgettext_lazy("found in a search", "News")
    HELP = "help", pgettext_lazy("found in a search", "Help")
    TERM = "term", pgettext_lazy("found in a search", "Glossary")
    PAGE = "page", pgettext_lazy("found in a search", "Pages")
