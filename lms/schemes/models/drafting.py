from django.db import models


class Drafting(models.Model):
    """One row for every version written on the desk: what it was drafted from, by whom, why, and how often changed.

    `revision` grows with every change, so that a page that was opened before another change is refused. A version
    loaded from a file has no such row. Once `frozen`, the database refuses every change.
    """

    holds_personal_data = False

    version = models.OneToOneField("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="drafting")
    based_on = models.ForeignKey("schemes.SchemeVersion", on_delete=models.PROTECT, related_name="drafts")
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # Set when its version is published.
    frozen = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return f"{self.version_id} from {self.based_on_id}, revision {self.revision}"
