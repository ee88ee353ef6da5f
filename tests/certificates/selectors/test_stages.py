import pytest

from certificates.enums import Stage
from certificates.selectors.stages import (
    BY_COHORT,
    BY_ORGANISATION,
    STAGES,
    stages,
    stages_by_cohort,
    stages_by_organisation,
)
from certificates.services.revoking import revoke
from lms.cohorts.models import Membership, Organisation
from lms.kernel.tallies import gather
from lms.schemes.models import RequirementFact
from tests.factories.certificates import Bench

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _trainee_with(bench: Bench, now, *kinds: str) -> None:
    person = bench.trainee("学员", earned=False)
    for kind in kinds:
        ref = "junior" if kind == "exam" else "x"
        RequirementFact.objects.create(
            person=person, kind=kind, ref=ref, value=70, source=f"{person.pk}:{kind}", occurred_at=now, recorded_at=now
        )


@pytest.fixture
def bench(now, clock) -> Bench:
    """One person at every stage, and one who has left."""
    bench = Bench()
    bench.issue(now)
    _trainee_with(bench, now)
    _trainee_with(bench, now, "class-hours")
    _trainee_with(bench, now, "class-hours", "exam")
    _trainee_with(bench, now, "simulation")
    Membership.objects.filter(person=bench.trainee("退班")).update(state="withdrawn")
    return bench


def test_everybody_is_counted_once_at_the_furthest_step(bench) -> None:
    here, elsewhere = Organisation.objects.filter(pk=bench.organisation.pk), Bench()
    told = gather(stages(here), stages_by_cohort(here, [bench.cohort, elsewhere.cohort]), stages_by_organisation(here))
    once = dict.fromkeys((stage.value for stage in Stage), 1)
    assert {row.part: row.figure for row in told.of(STAGES)} == once
    assert {row.part: row.figure for row in told.of(BY_COHORT) if row.key == bench.cohort.pk} == once
    assert told.total(BY_COHORT) == told.total(BY_ORGANISATION, key=bench.organisation.pk) == 5


def test_a_revoked_certificate_certifies_nobody(bench, now) -> None:
    certificate = bench.person.certificates.get()
    revoke(certificate=certificate, revoked_by=bench.certifier, reason="资料不实", public_reason="资料不实", now=now)
    told = gather(stages(Organisation.objects.filter(pk=bench.organisation.pk)))
    assert (told.total(STAGES, part=Stage.CERTIFIED), told.total(STAGES, part=Stage.SIMULATION)) == (0, 2)


def test_another_level_does_not_count(bench, now) -> None:
    Membership.objects.filter(person=bench.person).update(cohort=bench.cohort)
    type(bench.cohort).objects.filter(pk=bench.cohort.pk).update(level="senior")
    told = gather(stages(Organisation.objects.filter(pk=bench.organisation.pk)))
    assert (told.total(STAGES, part=Stage.CERTIFIED), told.total(STAGES, part=Stage.EXAM)) == (0, 0)
