from copy import deepcopy

import pytest

from certificates.selectors import ready
from certificates.selectors.ready import NOBODY, ready_for_decision
from lms.cohorts.models import Organisation
from tests.factories.certificates import SMALL_TREE, Bench
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _of(organisation) -> object:
    return Organisation.objects.filter(pk=organisation.pk)


def test_who_has_everything_and_no_decision_is_ready(now, clock, django_assert_num_queries) -> None:
    bench, other = Bench(), Bench()
    bench.trainee("还差一些", earned=False)
    second = bench.trainee("也齐了")
    bench.prepare(now, person=bench.trainee("已提出"))
    bench.issue(now, person=bench.trainee("已发证"))
    with django_assert_num_queries(3):
        found = ready_for_decision(_of(bench.organisation))
        names = [membership.person.real_name for membership in found.first]
    assert names == ["段文博", second.real_name]
    assert (found.count, found.more) == (2, False)
    assert other.person not in [membership.person for membership in found.first]


def test_having_something_of_every_kind_is_not_having_enough(now) -> None:
    bench = Bench()
    bench.level.requirements = deepcopy(SMALL_TREE)
    bench.level.requirements["children"][0]["at_least"] = "9.00"
    bench.level.save(update_fields=["requirements"])
    assert ready_for_decision(_of(bench.organisation)).count == 0


def test_a_refused_decision_can_be_prepared_anew(now) -> None:
    bench = Bench()
    decision = bench.prepare(now)
    assert ready_for_decision(_of(bench.organisation)).count == 0
    type(decision).objects.filter(pk=decision.pk).update(state="refused", decided_by=bench.certifier, decided_at=now)
    assert ready_for_decision(_of(bench.organisation)).count == 1


def test_when_more_may_be_ready_than_were_looked_at_it_says_so(monkeypatch) -> None:
    bench = Bench()
    bench.trainee("第二人")
    monkeypatch.setattr(ready, "LOOKED_AT", 1)
    found = ready_for_decision(_of(bench.organisation))
    assert (found.count, found.more) == (1, True)


def test_a_base_without_a_cohort_has_nobody() -> None:
    assert ready_for_decision(_of(OrganisationFactory())) == NOBODY
