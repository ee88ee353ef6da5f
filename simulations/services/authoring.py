"""Scenarios on their way into play: uploaded, tested by bots, approved by a second person, retired."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services import audit
from simulations.engine.checks import check_text
from simulations.engine.load import Problem
from simulations.engine.scenario import Scenario
from simulations.enums import VersionState
from simulations.models import ScenarioVersion, VersionStep
from simulations.policies import can_write_scenarios
from simulations.selectors.authoring import missed_bars, standing_playtest

from .truths import truths_of

if TYPE_CHECKING:
    from lms.accounts.models import User

MOST_BYTES = 1024 * 1024


class MayNotWriteScenarios(NotAllowed):
    code = "may-not-write-scenarios"
    message = _("Only staff of the platform who were given this task write scenarios.")


class ScenarioTooLarge(Refusal):
    code = "scenario-too-large"
    field = "file"
    message = _("A scenario file has at most 1 MB.")
    status = 413


class ScenarioNotText(Refusal):
    code = "scenario-not-text"
    field = "file"
    message = _("The file is no text in UTF-8. Save it as UTF-8 and upload it again.")


class ScenarioHasFaults(Refusal):
    """The file was read and has faults; `problems` lists every one with its line."""

    code = "scenario-has-faults"
    message = _("The scenario file has %(count)s faults. Nothing was kept.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class VersionTaken(Conflict):
    code = "scenario-version-taken"
    message = _("There is a version %(version)s of “%(code)s” with other content. Give the changed file a new number.")


class NotTested(Conflict):
    code = "scenario-not-tested"
    message = _("Only a version that bots have tested can be approved. Have it playtested first.")


class BarsMissed(Conflict):
    code = "scenario-bars-missed"
    message = _("The version misses bars that nobody can waive: %(bars)s.")


class BarsNotWaived(Conflict):
    code = "scenario-bars-not-waived"
    message = _("The version misses bars that a named person must waive with a reason first: %(bars)s.")


class OwnScenario(NotAllowed):
    code = "own-scenario"
    message = _("Whoever uploaded a scenario does not approve it. Ask a second person.")


class NotInPlay(Conflict):
    code = "scenario-not-in-play"
    message = _("Only a tested or approved version can be retired.")


def may_write(user: "User") -> None:
    """Refuse whoever may not write scenarios."""
    if not can_write_scenarios(user):
        raise MayNotWriteScenarios


def read_file(content: bytes) -> str:
    """The text of an uploaded file, or a refusal."""
    if len(content) > MOST_BYTES:
        raise ScenarioTooLarge
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScenarioNotText from fault
    if "\0" in text:
        raise ScenarioNotText
    return text


def checked(text: str) -> Scenario:
    """The scenario of a file that has no fault, or a refusal with every fault."""
    report = check_text(text)
    if report.scenario is None or report.problems:
        raise ScenarioHasFaults(report.problems)
    return report.scenario


@transaction.atomic
def upload_scenario(*, content: bytes, uploaded_by: "User", now: datetime) -> ScenarioVersion:
    """Check a file and keep it as a draft; the same file again is the version that is there."""
    may_write(uploaded_by)
    source = read_file(content)
    return keep_version(source=source, scenario=checked(source), uploaded_by=uploaded_by, now=now)


@transaction.atomic
def keep_version(*, source: str, scenario: Scenario, uploaded_by: "User | None", now: datetime) -> ScenarioVersion:
    """The version with this text: the one that is there, or a new draft with its worked-out truths."""
    content_hash = sha256(source.encode()).hexdigest()
    there = ScenarioVersion.objects.filter(content_hash=content_hash).first()
    if there is not None:
        return there
    if ScenarioVersion.objects.filter(code=scenario.id, version=scenario.version).exists():
        raise VersionTaken(code=scenario.id, version=scenario.version)
    title = scenario.say(scenario.title, "zh")
    version = ScenarioVersion.objects.create(
        code=scenario.id,
        version=scenario.version,
        title=title,
        title_en=scenario.say(scenario.title, "en") or title,
        level=scenario.level,
        content_hash=content_hash,
        source=source,
        truths=truths_of(scenario),
        uploaded_by=uploaded_by,
        created_at=now,
    )
    step(version, VersionState.DRAFT, by=uploaded_by, note="", now=now)
    return version


def step(version: ScenarioVersion, state: VersionState, *, by: "User | None", note: str, now: datetime) -> None:
    """Write down that a version has come to a state, in its own trace and in the book of what was done."""
    VersionStep.objects.create(version=version, state=state, by=by, note=note, at=now)
    if by is not None:
        audit.record(
            action=f"simulations.scenario.{state}",
            actor=f"user:{by.pk}",
            subject=f"simulations.version:{version.pk}",
            detail={"code": version.code, "version": version.version, "note": note},
            now=now,
        )


@transaction.atomic
def mark_tested(*, version: ScenarioVersion, now: datetime) -> None:
    """Bots have played a draft: it can be practised from now on, in place of the tested version before it."""
    if version.state != VersionState.DRAFT:
        return
    _retire_others(version, VersionState.TESTED, now)
    version.state = VersionState.TESTED
    version.save(update_fields=["state"])
    step(version, VersionState.TESTED, by=None, note="", now=now)


def _retire_others(version: ScenarioVersion, state: VersionState, now: datetime) -> None:
    for old in ScenarioVersion.objects.filter(code=version.code, state=state).exclude(pk=version.pk):
        old.state = VersionState.RETIRED
        old.save(update_fields=["state"])
        step(old, VersionState.RETIRED, by=None, note=version.version, now=now)


@transaction.atomic
def approve_version(*, version: ScenarioVersion, approved_by: "User", note: str, now: datetime) -> ScenarioVersion:
    """A second person lets a tested version count; the approved one before it is retired, its attempts go on."""
    may_write(approved_by)
    held = ScenarioVersion.objects.select_for_update().get(pk=version.pk)
    if held.uploaded_by_id == approved_by.pk:
        raise OwnScenario
    return let_count(version=held, by=approved_by, note=note, now=now)


def let_count(*, version: ScenarioVersion, by: "User | None", note: str, now: datetime) -> ScenarioVersion:
    """Approve a tested version whose hard bars hold and whose missed printed bars were waived, or refuse."""
    run = standing_playtest(version)
    if version.state != VersionState.TESTED or run is None:
        raise NotTested
    missed = missed_bars(run)
    if missed.hard:
        raise BarsMissed(bars=", ".join(missed.hard))
    waived = set(version.waivers.values_list("bar", flat=True))
    left = [bar for bar in missed.printed if bar not in waived]
    if left:
        raise BarsNotWaived(bars=", ".join(left))
    _retire_others(version, VersionState.APPROVED, now)
    version.state = VersionState.APPROVED
    version.save(update_fields=["state"])
    step(version, VersionState.APPROVED, by=by, note=note, now=now)
    return version


@transaction.atomic
def retire_version(*, version: ScenarioVersion, retired_by: "User", note: str, now: datetime) -> None:
    """Take a version out of play; attempts that have begun are played to their end."""
    may_write(retired_by)
    held = ScenarioVersion.objects.select_for_update().get(pk=version.pk)
    if held.state not in (VersionState.TESTED, VersionState.APPROVED):
        raise NotInPlay
    held.state = VersionState.RETIRED
    held.save(update_fields=["state"])
    step(held, VersionState.RETIRED, by=retired_by, note=note, now=now)
