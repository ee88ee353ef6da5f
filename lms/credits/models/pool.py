import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


class RewardPoolQuerySet(models.QuerySet["RewardPool"]):
    """Words for finding kept reward calculations."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own: sums of money concern nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(owner=user)


class RewardPool(models.Model):
    """One row for every reward calculation that somebody keeps: its inputs, and its scenarios side by side.

    `data` (schema 1) holds what was typed, amounts as text; results are computed anew by the rules of the day that
    it names, never kept.
    """

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {"title": "may name a contract", "data": "names and amounts of money"}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reward_pools")
    title = models.CharField(_("title"), max_length=120)
    data = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = RewardPoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward calculation")
        verbose_name_plural = _("reward calculations")
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return self.title
