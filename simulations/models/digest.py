from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptDigest(models.Model):
    """One row for every attempt that has ended: the figures that queues and class pages ask for, worked out once.

    They follow from the events, which never change. `own` and `other` are what the deal left the two sides, in
    thousandths of the most each could have gained; `terms_hash` tells equal terms from others. `missed` names the
    key facts that were never found, `traps` what was sprung.
    """

    holds_personal_data = False

    attempt = models.OneToOneField("simulations.Attempt", on_delete=models.PROTECT, related_name="digest")
    variant_no = models.PositiveIntegerField()
    flavour = models.CharField(max_length=60, blank=True)
    ended_how = models.CharField(max_length=20)
    seconds = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    rounds = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    dealt = models.BooleanField()
    own = models.PositiveSmallIntegerField(default=0)
    other = models.PositiveSmallIntegerField(default=0)
    nash = models.PositiveSmallIntegerField(default=0)
    pareto = models.PositiveSmallIntegerField(default=0)
    terms_hash = models.CharField(max_length=32, blank=True)
    traps = models.JSONField(default=list)
    missed = models.JSONField(default=list)
    gated = models.BooleanField()
    fast = models.BooleanField()
    unasked = models.BooleanField()

    class Meta:
        verbose_name = _("digest of an attempt")
        verbose_name_plural = _("digests of attempts")
        indexes = [models.Index(fields=("terms_hash",))]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.ended_how}"
