from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleState(models.TextChoices):
    """Where somebody stands before one rule of a level."""

    DONE = "done", _("Done")
    DOING = "doing", _("Under way")
    BLOCKED = "blocked", _("Not possible yet")
    NOT_STARTED = "not-started", _("Not begun")

    @property
    def icon(self) -> str:
        """The icon that stands before the word."""
        return {"done": "check", "doing": "half", "blocked": "lock", "not-started": "ring"}[self.value]

    @property
    def tag(self) -> str:
        """The colour, as the class of its tag."""
        return {"done": "tag-ok", "doing": "tag-info", "blocked": "tag-warn", "not-started": ""}[self.value]
