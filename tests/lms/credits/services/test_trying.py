from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.cohorts.models import Organisation
from lms.credits.models import CreditLine, CreditRules, RulesTrial
from lms.credits.selectors import trials
from lms.credits.services import trying
from lms.credits.services.drafting_rules import MayNotWriteRules, StaleRules, change_kind, change_terms
from lms.credits.services.reversal import reverse
from lms.credits.services.trying import ask_for_trial
from lms.jobs.models import Job
from lms.jobs.services.work import drain
from lms.mailing.models import Notice
from tests.factories.accounts import BEGINNING, PersonFactory
from tests.factories.claims import claimant_at, handed_in_claim
from tests.factories.cohorts import OrganisationFactory, RoleGrantFactory
from tests.factories.credit_rules import drafted
from tests.factories.credits import make_points
from tests.factories.judged import confirmed, confirmer_at

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def base() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def manager(base: Organisation) -> Any:
    user = PersonFactory().user
    RoleGrantFactory(user=user, organisation=base)
    return user


def cheaper(base: Organisation, manager: Any, now: datetime, **terms: Any) -> CreditRules:
    """A draft by which a demand gives half a point."""
    draft = drafted(organisation=base, user=manager, now=now)
    return change_kind(
        rules=draft,
        revision=0,
        kind="demand",
        terms={"cap_per_year": "10.00", "valid_years": 3, **terms},
        changed={"demand-filed": {"points": "0.50"}},
        user=manager,
    )


def demand(place: Any, base: Organisation, **given: Any) -> Any:
    """A confirmed claim for a demand: one point by the shipped rules."""
    claim = handed_in_claim(place, "demand-filed", **given)
    confirmed(claim, confirmer_at(base))
    return claim


def run(draft: CreditRules, manager: Any, now: datetime) -> RulesTrial:
    trial = ask_for_trial(rules=draft, revision=draft.revision, user=manager, now=now)
    drain(now=now)
    trial.refresh_from_db()
    return trial


def changes(trial: RulesTrial) -> list[tuple[int, str, str]]:
    found = trial.changes.order_by("person_id").values_list("person_id", "before", "after")
    return [(person, f"{before}", f"{after}") for person, before, after in found]


def test_a_dry_run_tells_whose_balance_changes_by_which_lines(base: Organisation, manager: Any, now: datetime):
    place, other = claimant_at(base), claimant_at(base)
    claim = demand(place, base)
    make_points(person=place.person, organisation=base)
    make_points(person=other.person, organisation=base)
    trial = run(cheaper(base, manager, now), manager, now)
    assert changes(trial) == [(place.person.pk, "3.00", "2.50")]
    share = claim.shares.get()
    assert trial.changes.get().lines == [
        {
            "source": f"credits.claim:{claim.uid}:{share.uid}",
            "rule": "demand-filed",
            "year": 2026,
            "before": "1.00",
            "after": "0.50",
            "why": "base",
        }
    ]
    assert (trial.lines, trial.people, trial.error) == (3, 1, "")
    assert Notice.objects.get(kind="rules-tried").user_id == manager.pk


def test_a_draft_that_changes_nothing_changes_nobody(base: Organisation, manager: Any, now: datetime):
    demand(claimant_at(base), base)
    trial = run(drafted(organisation=base, user=manager, now=now), manager, now)
    assert (changes(trial), trial.lines) == ([], 1)


def test_nothing_that_was_posted_is_touched(base: Organisation, manager: Any, now: datetime):
    demand(claimant_at(base), base)
    before = list(CreditLine.objects.values())
    run(cheaper(base, manager, now), manager, now)
    assert list(CreditLine.objects.values()) == before


def test_shares_are_rated_each_for_its_person(base: Organisation, manager: Any, now: datetime):
    place, partner = claimant_at(base), claimant_at(base)
    demand(place, base, partners=[(partner.person, 30)])
    trial = run(cheaper(base, manager, now), manager, now)
    assert changes(trial) == sorted(
        [(place.person.pk, "0.70", "0.35"), (partner.person.pk, "0.30", "0.15")], key=lambda each: each[0]
    )


def test_what_a_cap_held_back_is_found_again(base: Organisation, manager: Any, now: datetime):
    low = cheaper(base, manager, now, cap_per_year="0.50")
    place = claimant_at(base)
    demand(place, base)
    demand(place, base, title="第二条需求")
    assert changes(run(low, manager, now)) == [(place.person.pk, "2.00", "0.50")]


def test_work_of_another_base_counts_as_it_stands(base: Organisation, manager: Any, now: datetime):
    place = claimant_at(OrganisationFactory())
    demand(place, place.cohort.organisation)
    assert changes(run(cheaper(base, manager, now), manager, now)) == []


def test_lines_that_were_taken_back_are_left_out(base: Organisation, manager: Any, now: datetime):
    demand(claimant_at(base), base)
    reverse(line=CreditLine.objects.get(), reason="材料有误", actor="user:1", now=BEGINNING)
    trial = run(cheaper(base, manager, now), manager, now)
    assert (changes(trial), trial.lines) == ([], 0)


def test_a_year_back_from_the_first_day_is_looked_at(base: Organisation, manager: Any, now: datetime):
    span = trials.span_of(drafted(organisation=base, user=manager, now=now))
    assert (span.first, span.last) == (date(2025, 12, 1), date(2026, 11, 30))
    inside = [span.holds(base.pk, day) for day in (date(2025, 11, 30), date(2025, 12, 1), date(2026, 11, 30))]
    assert inside == [False, True, True]
    assert not span.holds(base.pk + 1, date(2026, 1, 1))


def test_a_run_that_was_killed_and_begun_anew_gives_the_same(
    base: Organisation, manager: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    place = claimant_at(base)
    demand(place, base)
    draft = cheaper(base, manager, now)
    trial = ask_for_trial(rules=draft, revision=draft.revision, user=manager, now=now)
    kept = trying._tell

    def killed(*_given: Any) -> None:
        raise RuntimeError("killed between writing and telling")

    monkeypatch.setattr(trying, "_tell", killed)
    drain(now=now)
    trial.refresh_from_db()
    assert (trial.finished_at, trial.changes.count(), Notice.objects.filter(kind="rules-tried").count()) == (None, 0, 0)
    monkeypatch.setattr(trying, "_tell", kept)
    drain(now=now + timedelta(minutes=1))
    drain(now=now + timedelta(minutes=2))
    trial.refresh_from_db()
    assert changes(trial) == [(place.person.pk, "1.00", "0.50")]
    assert Notice.objects.filter(kind="rules-tried").count() == 1


def test_asking_twice_runs_once(base: Organisation, manager: Any, now: datetime):
    draft = cheaper(base, manager, now)
    asked = [ask_for_trial(rules=draft, revision=draft.revision, user=manager, now=now).pk for _n in range(2)]
    assert asked[0] == asked[1]
    assert Job.objects.filter(task=trying.TRY).count() == 1


def test_a_run_of_a_draft_that_changed_meanwhile_is_broken_off(base: Organisation, manager: Any, now: datetime):
    draft = cheaper(base, manager, now)
    trial = ask_for_trial(rules=draft, revision=draft.revision, user=manager, now=now)
    change_terms(rules=draft, revision=draft.revision, terms={"practice_percent": "50.00"}, user=manager)
    drain(now=now)
    trial.refresh_from_db()
    assert (trial.error, trial.changes.count()) == ("stale", 0)


def test_only_who_may_change_the_rules_runs_them_dry_and_as_they_stand(base: Organisation, manager: Any, now: datetime):
    draft = cheaper(base, manager, now)
    with pytest.raises(MayNotWriteRules):
        ask_for_trial(rules=draft, revision=draft.revision, user=confirmer_at(OrganisationFactory()), now=now)
    with pytest.raises(StaleRules):
        ask_for_trial(rules=draft, revision=0, user=manager, now=now)


def test_the_queries_of_a_portion_do_not_grow_with_its_people(
    base: Organisation, manager: Any, now: datetime, django_assert_num_queries: Any
):
    places = [claimant_at(base) for _n in range(4)]
    for place in places:
        demand(place, base)
    draft = cheaper(base, manager, now)
    span, table = trials.span_of(draft), trying.table_of(draft)
    for few in (places[:1], places):
        with django_assert_num_queries(3):
            trials.pieces_of([place.person.pk for place in few], span, table)


def test_a_leap_day_looks_back_to_the_first_of_march(base: Organisation, manager: Any):
    draft = drafted(organisation=base, user=manager, now=datetime(2028, 1, 20, tzinfo=UTC))
    draft.effective_from = date(2028, 2, 29)
    assert trials.span_of(draft).first == date(2027, 3, 1)


def test_points_are_whole_hundredths(base: Organisation, manager: Any, now: datetime):
    place = claimant_at(base)
    demand(place, base)
    change = run(cheaper(base, manager, now), manager, now).changes.get()
    assert (change.before, change.after) == (Decimal("1.00"), Decimal("0.50"))
