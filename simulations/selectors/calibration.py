"""What scores rest on: bots alone, or bots and a pilot with people."""

from collections.abc import Collection, Iterable

from simulations.enums import Calibration
from simulations.models import Attempt, Pilot, ScenarioVersion

OURS = "simulations.attempt:"
PILOT_PLAYERS = 30


def calibration_of(version: ScenarioVersion) -> Calibration:
    """What the figures of a version were measured against (one query)."""
    return calibrations([version.pk])[version.pk]


def calibrations(version_ids: Iterable[int]) -> dict[int, Calibration]:
    """The same for several versions by key (one query)."""
    asked = set(version_ids)
    piloted = Pilot.objects.filter(version__in=asked, players__gte=PILOT_PLAYERS).values_list("version", flat=True)
    tried = set(piloted)
    return {pk: Calibration.PEOPLE if pk in tried else Calibration.BOTS for pk in asked}


def calibrations_of(sources: Collection[str]) -> dict[str, Calibration]:
    """The calibration behind each of these requirement facts, by its source; others are left out (two queries)."""
    uids = {source: source.removeprefix(OURS).split(":")[0] for source in sources if source.startswith(OURS)}
    if not uids:
        return {}
    rows = Attempt.objects.filter(uid__in=set(uids.values())).values_list("uid", "scenario_version")
    versions = {str(uid): version for uid, version in rows}
    found = calibrations(versions.values())
    return {source: found[versions[uid]] for source, uid in uids.items() if uid in versions}
