"""A scenario's way into play: checked, drafted, tested, approved by a second person, retired."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lms.records.models import AuditEvent
from simulations.enums import VersionState
from simulations.models import ScenarioVersion, VersionStep
from simulations.services.authoring import (
    MOST_BYTES,
    BarsMissed,
    BarsNotWaived,
    MayNotWriteScenarios,
    NotInPlay,
    NotTested,
    OwnScenario,
    ScenarioHasFaults,
    ScenarioNotText,
    ScenarioTooLarge,
    VersionTaken,
    approve_version,
    retire_version,
    upload_scenario,
)
from simulations.services.calibrating import waive_bar
from simulations.services.playtesting import keep_run
from tests.factories.accounts import UserFactory
from tests.factories.simulations import SOUND, SOUND_SMALL, AttemptFactory, ScenarioVersionFactory, play

pytestmark = [pytest.mark.room, pytest.mark.django_db]

NEXT = SOUND_SMALL.replace("version: 1.0.0", "version: 1.1.0")


def bar(name: str, *, ok: bool, hard: bool) -> dict[str, Any]:
    return {"name": name, "value": 0.5, "limit": "≥ 0.8", "ok": ok, "hard": hard}


@pytest.fixture
def author():
    return UserFactory(is_superuser=True)


@pytest.fixture
def second():
    return UserFactory(is_superuser=True)


def as_tested(author, now, *bars: dict[str, Any], source: str = SOUND_SMALL) -> ScenarioVersion:
    version = upload_scenario(content=source.encode(), uploaded_by=author, now=now)
    keep_run(version=version, source="desk", figures={**SOUND, "bars": list(bars)}, now=now)
    version.refresh_from_db()
    return version


def test_a_file_becomes_a_draft_once(author, now) -> None:
    version = upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now)
    assert (version.state, version.uploaded_by) == (VersionState.DRAFT, author)
    assert upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now) == version
    assert VersionStep.objects.get().state == VersionState.DRAFT
    assert AuditEvent.objects.get().action == "simulations.scenario.draft"


def test_every_fault_of_a_file_is_told_with_its_line_and_nothing_is_kept(author, now) -> None:
    broken = SOUND_SMALL.replace("days: 30", "days: thirty").replace("minutes: 5", "minuets: 5")
    with pytest.raises(ScenarioHasFaults) as refused:
        upload_scenario(content=broken.encode(), uploaded_by=author, now=now)
    lines = {problem.line for problem in refused.value.problems}
    assert {broken.splitlines().index("days: thirty") + 1, broken.splitlines().index("minuets: 5") + 1} <= lines
    assert not ScenarioVersion.objects.exists()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (SOUND_SMALL.encode("gb18030"), ScenarioNotText),
        (SOUND_SMALL.encode("utf-16"), ScenarioNotText),
        (b"id: small\0", ScenarioNotText),
        (b"#" * (MOST_BYTES + 1), ScenarioTooLarge),
        (b"", ScenarioHasFaults),
        (b"[" * 5000, ScenarioHasFaults),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ScenarioHasFaults),
        (b"!!python/object/apply:os.system ['true']", ScenarioHasFaults),
    ],
    ids=["gb18030", "utf-16", "nul", "too large", "empty", "deep", "laughs", "tag"],
)
def test_hostile_files_are_refused_whole(content, refusal, author, now) -> None:
    with pytest.raises(refusal):
        upload_scenario(content=content, uploaded_by=author, now=now)
    assert not ScenarioVersion.objects.exists()


def test_changed_content_needs_another_number(author, now) -> None:
    upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now)
    with pytest.raises(VersionTaken):
        upload_scenario(content=SOUND_SMALL.replace("minutes: 5", "minutes: 6").encode(), uploaded_by=author, now=now)


def test_only_a_second_person_approves(author, second, now) -> None:
    version = as_tested(author, now)
    with pytest.raises(OwnScenario):
        approve_version(version=version, approved_by=author, note="好", now=now)
    with pytest.raises(MayNotWriteScenarios):
        approve_version(version=version, approved_by=UserFactory(), note="好", now=now)
    approved = approve_version(version=version, approved_by=second, note="试过", now=now)
    assert approved.state == VersionState.APPROVED
    assert [step.state for step in version.steps.all()] == ["draft", "tested", "approved"]


def test_a_draft_that_no_bot_has_played_is_not_approved(author, second, now) -> None:
    version = upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now)
    with pytest.raises(NotTested):
        approve_version(version=version, approved_by=second, note="好", now=now)


def test_hard_bars_cannot_be_waived_and_others_by_name(author, second, now) -> None:
    hard = as_tested(author, now, bar("expert mean", ok=False, hard=True))
    with pytest.raises(BarsMissed, match="expert mean"):
        approve_version(version=hard, approved_by=second, note="好", now=now)

    printed = as_tested(author, now, bar("alpha", ok=False, hard=False), source=NEXT)
    with pytest.raises(BarsNotWaived, match="alpha"):
        approve_version(version=printed, approved_by=second, note="好", now=now)
    waive_bar(version=printed, bar="alpha", approver=second, reason="题量少，三场合计达标", now=now)
    assert approve_version(version=printed, approved_by=second, note="好", now=now).state == VersionState.APPROVED


def test_a_newer_tested_version_takes_the_place_of_the_older(author, now) -> None:
    old = as_tested(author, now)
    new = as_tested(author, now, source=NEXT)
    old.refresh_from_db()
    assert (old.state, new.state) == (VersionState.RETIRED, VersionState.TESTED)
    assert list(ScenarioVersion.objects.playable()) == [new]


def test_an_approved_version_goes_before_a_tested_one(author, now) -> None:
    approved = ScenarioVersionFactory()
    as_tested(author, now, source=NEXT)
    assert list(ScenarioVersion.objects.playable()) == [approved]


def test_attempts_of_a_retired_version_are_played_to_their_end(second, now) -> None:
    version = ScenarioVersionFactory()
    attempt = AttemptFactory(version=version)
    retire_version(version=version, retired_by=second, note="换新版", now=now)
    assert not ScenarioVersion.objects.playable().exists()
    assert play(attempt, {"type": "act", "action": "visit"}).events
    with pytest.raises(NotInPlay):
        retire_version(version=version, retired_by=second, note="换新版", now=now)


@pytest.mark.db
@pytest.mark.parametrize(
    "change", [{"source": "x"}, {"truths": {}}, {"state": "draft"}, {"title": "x"}, {"uploaded_by": None}]
)
def test_the_database_keeps_a_tested_version_as_it_is(change, author, now) -> None:
    version = as_tested(author, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioVersion.objects.filter(pk=version.pk).update(**change)


@pytest.mark.db
def test_the_trace_of_a_version_is_added_to_only(author, now) -> None:
    as_tested(author, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionStep.objects.update(note="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionStep.objects.all()._raw_delete(using="default")
