"""What a version's figures lack and who answers for it: bars that were let pass, pilots with people."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal
from lms.records.services import audit
from simulations.models import Pilot, ScenarioVersion, Waiver
from simulations.selectors.authoring import missed_bars, standing_playtest
from simulations.selectors.calibration import PILOT_PLAYERS

from .authoring import may_write

if TYPE_CHECKING:
    from lms.accounts.models import User


class NothingToWaive(Refusal):
    code = "nothing-to-waive"
    message = _("“%(bar)s” is no bar that this version misses and that may be waived.")


class PilotTooSmall(Refusal):
    code = "pilot-too-small"
    field = "players"
    message = _("A pilot that changes what is said of a scenario has at least %(least)s people in it.")


@transaction.atomic
def waive_bar(*, version: ScenarioVersion, bar: str, approver: "User", reason: str, now: datetime) -> Waiver:
    """A named person lets a printed bar pass; hard bars cannot be waived."""
    may_write(approver)
    run = standing_playtest(version)
    if run is None or bar not in missed_bars(run).printed or version.waivers.filter(bar=bar).exists():
        raise NothingToWaive(bar=bar)
    waiver = keep_waiver(version=version, bar=bar, approver=_name_of(approver), reason=reason, now=now)
    _write_down("simulations.scenario.waived", approver, version, {"bar": bar, "reason": reason}, now)
    return waiver


def keep_waiver(*, version: ScenarioVersion, bar: str, approver: str, reason: str, now: datetime) -> Waiver:
    """Keep a waiver that was given: on the desk, or in the library beside the file; given again, the same."""
    waiver, _is_new = Waiver.objects.get_or_create(
        version=version, bar=bar, defaults={"approver": approver, "reason": reason, "at": now}
    )
    return waiver


@transaction.atomic
def record_pilot(
    *, version: ScenarioVersion, players: int, agreement: Decimal, report: str, recorded_by: "User", now: datetime
) -> Pilot:
    """Keep what a trial with people found; from 30 people on the version is no longer called tried on bots alone."""
    may_write(recorded_by)
    if players < PILOT_PLAYERS:
        raise PilotTooSmall(least=PILOT_PLAYERS)
    pilot = Pilot.objects.create(
        version=version,
        players=players,
        agreement=agreement,
        report=report,
        recorded_by=recorded_by,
        recorded_at=now,
    )
    detail = {"players": players, "agreement": str(agreement)}
    _write_down("simulations.scenario.piloted", recorded_by, version, detail, now)
    return pilot


def _name_of(user: "User") -> str:
    person = getattr(user, "person", None)
    return str(person.real_name) if person else str(user.get_username())


def _write_down(action: str, user: "User", version: ScenarioVersion, detail: dict[str, object], now: datetime) -> None:
    audit.record(
        action=action,
        actor=f"user:{user.pk}",
        subject=f"simulations.version:{version.pk}",
        detail={"code": version.code, "version": version.version, **detail},
        now=now,
    )
