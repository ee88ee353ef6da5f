from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simulations.enums import PlaytestState, VersionState


class PlaytestRun(models.Model):
    """One row for every playtest of a scenario version: asked for, running, and what bots then made of it.

    `figures` is the report that the bars are read from, with the seed and the engine it was made with; a
    later playtest is a further row. Runs that came with the library say so in `source`.
    """

    holds_personal_data = False

    version = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="playtests")
    state = models.CharField(_("state"), max_length=8, choices=PlaytestState.choices, default=PlaytestState.ASKED)
    source = models.CharField(max_length=20)
    plays = models.PositiveIntegerField(_("plays of each policy"))
    seed = models.PositiveIntegerField(_("seed"))
    figures = models.JSONField(default=dict)
    hard_bars_hold = models.BooleanField(_("the hard bars hold"), default=False)
    asked_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="asked_playtests"
    )
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("playtest")
        verbose_name_plural = _("playtests")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=PlaytestState.DONE, ended_at__isnull=False)
                | ~models.Q(state=PlaytestState.DONE),
                name="simulations_playtest_done_has_moment",
                violation_error_message=_("A playtest that is done says when."),
            ),
            models.CheckConstraint(
                condition=models.Q(hard_bars_hold=False) | models.Q(state=PlaytestState.DONE),
                name="simulations_playtest_holds_when_done",
                violation_error_message=_("Only a playtest that is done says that bars hold."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} × {self.plays}"


class Waiver(models.Model):
    """One row for every printed bar that a named person let a scenario version miss, and why; never changed."""

    holds_personal_data = True
    personal_fields: ClassVar[dict[str, str]] = {
        "approver": "who answers for letting a figure pass is told beside the figure"
    }

    version = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="waivers")
    bar = models.CharField(_("bar"), max_length=80)
    approver = models.CharField(_("approved by"), max_length=80)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "bar"),
                name="simulations_waiver_once",
                violation_error_message=_("A bar of a version is waived once."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(approver=""),
                name="simulations_waiver_says_who_and_why",
                violation_error_message=_("A waiver says who gave it and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.bar}"


class Pilot(models.Model):
    """One row for every trial of a scenario version with real people, which is what its figures lack without it.

    `agreement` is the rank correlation between the automatic score and what instructors judged.
    """

    holds_personal_data = False

    version = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="pilots")
    players = models.PositiveIntegerField(_("people who played"))
    agreement = models.DecimalField(_("rank correlation with instructors"), max_digits=4, decimal_places=3)
    report = models.TextField(_("what was done and found"))
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="recorded_pilots")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ("recorded_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreement__gte=-1, agreement__lte=1),
                name="simulations_pilot_agreement_in_range",
                violation_error_message=_("A rank correlation lies between −1 and 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(players__gte=1),
                name="simulations_pilot_has_players",
                violation_error_message=_("A pilot had people in it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: n = {self.players}"


class VersionStep(models.Model):
    """One row for every step of a scenario version from draft to retired: who took it, when, with which note."""

    holds_personal_data = False

    version = models.ForeignKey("simulations.ScenarioVersion", on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices)
    by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="scenario_steps"
    )
    note = models.TextField(pgettext_lazy("version step", "note"), blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("step of a version")
        verbose_name_plural = _("steps of a version")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.version}: {self.state}"
