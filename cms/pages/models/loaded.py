from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedText(models.Model):
    """One row for every text that came from the files of the site: what the file said, and what then stood there.

    It tells a text that an editor has changed or taken away, which the files never touch again, from one that
    they may still bring up to date.
    """

    holds_personal_data = False

    key = models.CharField(_("what was loaded"), max_length=120, unique=True)
    of_file = models.CharField(_("digest of the file's words"), max_length=16)
    as_loaded = models.CharField(_("digest of what stood there then"), max_length=16)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("loaded text")
        verbose_name_plural = _("loaded texts")

    def __str__(self) -> str:
        return self.key
