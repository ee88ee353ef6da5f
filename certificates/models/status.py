from django.db import models
from django.utils.translation import gettext_lazy as _

CAPACITY = 131_072
# A list is closed early, so that a random free place is found at once.
FULL_AT = CAPACITY * 8 // 10


class StatusList(models.Model):
    """One row for every list of status bits; its number is in the address `/status/<purpose>/<number>`.

    Places are given out at random, so that a list tells nothing about the order of certificates.
    """

    holds_personal_data = False

    organisation = models.ForeignKey("cohorts.Organisation", on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField(unique=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__lte=CAPACITY),
                name="certificates_status_list_not_over_full",
                violation_error_message=_("A status list has no more entries than places."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class Publication(models.Model):
    """One row for every signed text that was put out at an address, newest served, older ones kept.

    `path` is the address without its first stroke: `status/revocation/1`, `registry.json`.
    """

    holds_personal_data = False

    path = models.CharField(max_length=60)
    text = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        get_latest_by = "pk"
        indexes = [models.Index(fields=("path", "-id"))]

    def __str__(self) -> str:
        return f"{self.path} {self.published_at:%Y-%m-%d %H:%M}"
